"""The script of domain.md, section 3, in one piece."""

from datetime import timedelta

from infra.local.demo import (
    steps_cases,
    steps_deadline,
    steps_heard,
    steps_institution,
    steps_person,
    steps_putting_right,
    steps_staff,
    steps_stranger,
    steps_titles,
)
from infra.local.demo.report import Report
from infra.local.demo.stage import OPENING, Stage


def play(base: str, report: Report) -> None:
    """Walk one record through the whole census.

    Raises:
        Unexpected: at the first thing that is not as it must be.
    """
    stage = Stage(base, report)
    report.step("BKN membuka pendataan untuk satu instansi")
    stage.move_clock(OPENING)
    stage.open_round()
    report.check(f"instansi {stage.code} dibuka", so=bool(stage.code))

    steps_staff.apply_for_an_admin(stage)
    steps_staff.invite_the_others(stage)
    steps_institution.import_a_spreadsheet(stage)
    steps_institution.refuse_a_useless_file(stage)
    steps_institution.add_one_by_hand(stage)
    steps_institution.keep_institutions_apart(stage)
    steps_staff.need_four_eyes(stage)
    stage.settle()
    steps_person.be_refused(stage)
    steps_putting_right.correct_a_mistyped_name(stage)
    steps_putting_right.make_an_account_by_sheet(stage)
    me, person = steps_person.make_account(stage)
    pid = steps_person.complete(stage, me, person)
    steps_person.print_cards(stage, me, person)
    steps_stranger.learn_nothing_and_be_out(stage)
    steps_stranger.submit_beside_a_verdict(stage)
    steps_institution.verify(stage, pid)
    steps_titles.run_a_list(stage)
    steps_institution.prefinalize(stage)
    steps_institution.public_list(stage, person["nama"], person["nik"], final=False)
    on = [steps_cases.accept(stage, steps_cases.usulan(stage))]
    steps_cases.help_with_a_password(stage)
    steps_heard.invite_a_second_verifikator(stage)
    off = steps_heard.report_a_false_name(stage)
    on.append(steps_heard.object_to_a_verdict(stage))

    stage.move_clock(stage.window("CORRECTION") - timedelta(days=1))
    deadline = steps_deadline.extend(stage)
    accepted = steps_deadline.write_across(stage, deadline)
    steps_deadline.reach_the_deadline(stage, deadline, accepted)
    steps_deadline.sign(stage)
    on += [one["nomor_registrasi"] for one in accepted]
    steps_deadline.publish(stage, person["nama"], person["nik"], on, off)
    steps_deadline.prove(stage, me, person)
