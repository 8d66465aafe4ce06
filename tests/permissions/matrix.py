"""Who may do what (domain.md, section 2), written by hand: every route of the four services, and what each caller gets.

The one oracle. The services' own tests, the test that a revoked token opens nothing, and the sweep over the running
portal (tests/system/test_access_sweep.py) all ask it. A new route is entered here first: a route that is missing, or
one that is let in by other roles than these, fails `tests/permissions/test_matrix.py`.

Columns of a row, after method and path:

- who calls: `N` nobody, `E` whoever passed the identity check, then the roles: `H` honorer, `O` operator,
  `V` verifikator, `D` help desk, `A` admin, `P` PPK, `B` bkn, `U` auditor. `+` is let in, `.` is refused
  (`unauthenticated` for N and E, else `forbidden`), `o` is let in for what is his own only, and `forbidden` else:
  drafts of an operator, one's own deeds, the SPTJM of a PPK, papers of cases for the help desk (kinds of files:
  tests/documents/test_access.py)
- *elsewhere*, what an institution's own staff get of another institution: `404` (whose mark is `o`: or `forbidden`);
  `-` where the path names none, so that there is nothing but one's own
- *unit*, what somebody limited to other units gets of a thing of this one: `404`, `403`, `422` (he could not see it
  himself afterwards), `less` (lists without it), `all` (not about people, or not narrowed), `-` (nobody so limited
  comes here, or it is not about an institution)
- *own row*, what a member of staff gets of the record of his own NIK: `403` (`own-record`), `reads` as others do,
  `row` (that row of the file is refused), `-`

What is the same everywhere is no column: a token that was ended opens no route of staff (`unauthenticated`), and bkn
and auditors read of every institution what they may read of one.
"""

from dataclasses import dataclass
from typing import Final, Literal

from services.kernel.problems import Code
from services.kernel.security.sessions import Role

Elsewhere = Literal["404", "-"]
Unit = Literal["404", "403", "422", "less", "all", "-"]
OwnRow = Literal["403", "reads", "row", "-"]

NOBODY, ENROLLED = "nobody", "enrolled"
CALLERS: Final = (NOBODY, ENROLLED, *Role)
"""In the order of the columns."""

_MATRIX = """
#                                                                               NE HOVDAPBU  elsewhere unit own

# the portal's front door
GET    registration/captcha                                                     ++ ++++++++  -         -    -
POST   registration/identity-checks                                             ++ ++++++++  -         -    -
POST   registration/status-checks                                               ++ ++++++++  -         -    -
GET    registration/enrolment                                                   .+ ........  -         -    -
PATCH  registration/enrolment                                                   .+ ........  -         -    -
GET    registration/enrolment/card                                              .+ ........  -         -    -
POST   registration/enrolment/contact-codes                                     .+ ........  -         -    -
POST   registration/enrolment/contact-codes/confirmation                        .+ ........  -         -    -
POST   registration/enrolment/sheet                                             .+ ........  -         -    -
POST   registration/enrolment/counter-code                                      .+ ........  -         -    -
POST   registration/accounts                                                    .+ ........  -         -    -
GET    registration/cards                                                       ++ ++++++++  -         -    -
GET    registration/cards/{code}                                                ++ ++++++++  -         -    -
POST   registration/sessions                                                    ++ ++++++++  -         -    -
POST   registration/sessions/refresh                                            ++ ++++++++  -         -    -
DELETE registration/sessions                                                    ++ ++++++++  -         -    -
POST   registration/staff-sessions                                              ++ ++++++++  -         -    -
POST   registration/staff-sessions/second-factor                                ++ ++++++++  -         -    -
POST   registration/password-resets                                             ++ ++++++++  -         -    -
POST   registration/reclaims                                                    ++ ++++++++  -         -    -
POST   registration/password-resets/completions                                 ++ ++++++++  -         -    -
POST   registration/staff-password-resets                                       ++ ++++++++  -         -    -
POST   registration/staff-password-resets/completions                           ++ ++++++++  -         -    -
POST   registration/invitations/openings                                        ++ ++++++++  -         -    -
POST   registration/invitations/acceptances                                     ++ ++++++++  -         -    -

# one's own: a person's dossier, a member of staff's account
GET    registration/me                                                          .. ++++++++  -         -    -
POST   registration/me/active-confirmation                                      .. +.......  -         -    -
GET    registration/me/biodata                                                  .. +.......  -         -    -
PATCH  registration/me/biodata                                                  .. +.......  -         -    -
GET    registration/me/histories                                                .. +.......  -         -    -
POST   registration/me/histories                                                .. +.......  -         -    -
PUT    registration/me/histories/{identifier}                                   .. +.......  -         -    -
DELETE registration/me/histories/{identifier}                                   .. +.......  -         -    -
GET    registration/me/resume                                                   .. +.......  -         -    -
GET    registration/me/resume/document                                          .. +.......  -         -    -
GET    registration/me/copies                                                   .. +.......  -         -    -
POST   registration/me/copies                                                   .. +.......  -         -    -
GET    registration/me/copies/{copy}                                            .. +.......  -         -    -
GET    registration/me/copies/{copy}/{form}                                     .. +.......  -         -    -
GET    registration/me/objection                                                .. +.......  -         -    -
GET    registration/me/requests                                                 .. +.......  -         -    -
POST   registration/me/requests                                                 .. +.......  -         -    -
POST   registration/me/requests/{identifier}/withdrawal                         .. +.......  -         -    -
POST   registration/me/requests/{identifier}/second-look                        .. +.......  -         -    -
POST   registration/me/return                                                   .. +.......  -         -    -
POST   registration/me/submission                                               .. +.......  -         -    -
POST   registration/me/sheet                                                    .. +.......  -         -    -
POST   registration/me/withdrawal                                               .. +.......  -         -    -
GET    registration/me/cards/{kind}                                             .. +.......  -         -    -
GET    registration/me/proof                                                    .. +.......  -         -    -
POST   registration/me/reclaim/refusal                                          .. +.......  -         -    -
GET    registration/me/contact                                                  .. +.......  -         -    -
POST   registration/me/contact                                                  .. +.......  -         -    -
POST   registration/me/contact/confirmation                                     .. +.......  -         -    -
GET    registration/me/profile                                                  .. .+++++++  -         -    -
POST   registration/me/password                                                 .. ++++++++  -         -    -
POST   registration/me/second-factor                                            .. .+++++++  -         -    -
POST   registration/me/second-factor/confirmation                               .. .+++++++  -         -    -
POST   registration/me/recovery-codes                                           .. .+++++++  -         -    -
POST   registration/me/email                                                    .. .+++++++  -         -    -
POST   registration/me/email/confirmation                                       .. .+++++++  -         -    -
GET    registration/me/sign-ins                                                 .. ++++++++  -         -    -
DELETE registration/me/sign-ins/{name}                                          .. ++++++++  -         -    -
PUT    registration/me/own-nik                                                  .. .+++++..  -         -    -

# the roster
GET    registration/institutions/{code}/people                                  .. .+++++++  404       less reads
POST   registration/institutions/{code}/people                                  .. .+..+...  404       422  403
GET    registration/institutions/{code}/people/{person}                         .. .++.+.++  404       404  reads
PATCH  registration/institutions/{code}/people/{person}                         .. .+..+...  404       404  403
DELETE registration/institutions/{code}/people/{person}                         .. .o..+...  404       404  403
POST   registration/institutions/{code}/people/{person}/restoration             .. ....+...  404       404  403
POST   registration/institutions/{code}/people/{person}/nik                     .. .++.+.+.  404       404  403
POST   registration/institutions/{code}/people/{person}/returns                 .. ..+.+...  404       404  403
POST   registration/institutions/{code}/people/{person}/verdicts                .. ..+.+...  404       404  403
POST   registration/institutions/{code}/people/{person}/verdicts/check          .. ..+.+...  404       404  403
POST   registration/institutions/{code}/people/{person}/verdicts/withdrawal     .. ..+.+...  404       404  403
POST   registration/institutions/{code}/people/{person}/case-decisions          .. ..+.+.+.  404       404  403
POST   registration/institutions/{code}/people/{person}/annotations             .. ...++.+.  404       404  403
GET    registration/institutions/{code}/people/{person}/case-opinions           .. ..+.+.+.  404       404  reads
# narrowed by whom the usulan proposes: tests/registration/cases/test_create_draft.py
POST   registration/institutions/{code}/case-drafts/preview                     .. .+..+.+.  404       all  reads
POST   registration/institutions/{code}/case-drafts                             .. .+..+.+.  404       all  403
GET    registration/institutions/{code}/queue                                   .. ..+.+...  404       less -
POST   registration/institutions/{code}/queue/turns                             .. ..+.+...  404       less -
DELETE registration/institutions/{code}/queue/turns/{person}                    .. ..+.+...  404       404  403
POST   registration/institutions/{code}/approvals/preview                       .. ..+.+...  404       less -
POST   registration/institutions/{code}/approvals                               .. ..+.+...  404       less -
GET    registration/institutions/{code}/people/{person}/nik-correction          .. .++.+.++  404       404  reads
POST   registration/institutions/{code}/people/{person}/nik-correction          .. .+..+...  404       404  403
DELETE registration/institutions/{code}/people/{person}/nik-correction          .. .+..+...  404       404  403
POST   registration/institutions/{code}/people/{person}/nik-correction/acceptance .. ....+...  404       404  403
GET    registration/institutions/{code}/people/{person}/history                 .. ....+.++  404       404  reads
POST   registration/institutions/{code}/people/{person}/corrections             .. .+..+...  404       404  403
POST   registration/institutions/{code}/people/{person}/histories               .. .+..+...  404       404  403
PUT    registration/institutions/{code}/people/{person}/histories/{identifier}  .. .+..+...  404       404  403
DELETE registration/institutions/{code}/people/{person}/histories/{identifier}  .. .+..+...  404       404  403
GET    registration/institutions/{code}/nik-corrections                         .. .+..+...  404       less reads
POST   registration/institutions/{code}/nik-lookups                             .. .++++.++  404       less reads
GET    registration/institutions/{code}/progress                                .. .+++++++  404       less -
GET    registration/institutions/{code}/risks                                   .. ..+.++++  404       less -
GET    registration/institutions/{code}/families                                .. .+++++++  404       less -
GET    registration/institutions/{code}/recap                                   .. ....++++  404       less -
GET    registration/institutions/{code}/recap/verdicts                          .. ....++++  404       less reads
GET    registration/institutions/{code}/recap/changes                           .. ....++++  404       less reads
GET    registration/institutions/{code}/recap/units/{unit}/statement            .. ....++..  404       404  -
GET    registration/institutions/{code}/deadline                                .. ....+.++  404       less -
GET    registration/institutions/{code}/imports                                 .. .++.+.++  404       less -
POST   registration/institutions/{code}/imports                                 .. .+..+...  404       all  row
GET    registration/institutions/{code}/imports/{identifier}                    .. .++.+.++  404       404  -
POST   registration/institutions/{code}/imports/{identifier}/confirmation       .. ....+...  404       404  -
POST   registration/institutions/{code}/imports/{identifier}/withdrawal         .. .+..+...  404       404  -
GET    registration/institutions/{code}/imports/{identifier}/answers            .. .++.+.++  404       404  -
GET    registration/institutions/{code}/imports/{identifier}/result             .. .++.+.++  404       404  -

# what people ask to have put right, and say of working there no more
GET    registration/institutions/{code}/requests                                .. .++.+.++  404       less reads
POST   registration/office-messages                                             .. ......+.  -         -    -
GET    registration/requests-overdue                                            .. ......+.  -         -    -
GET    registration/institutions/{code}/people/{person}/requests                .. .++.+.++  404       404  reads
POST   registration/institutions/{code}/people/{person}/requests/{identifier}/decision .. .+..+.+.  404       404  403
GET    registration/institutions/{code}/reclaims                                .. .++.+.++  404       less reads
GET    registration/institutions/{code}/statements                              .. .++.+.++  404       less reads
POST   registration/institutions/{code}/people/{person}/statement/answer        .. .+..+...  404       404  403
POST   registration/institutions/{code}/people/{person}/statement/confirmation  .. ....+...  404       404  403

# the institution itself
GET    registration/institutions/{code}/units                                   .. .+++++++  404       less -
GET    registration/institutions/{code}/units/people                            .. ....+...  404       less -
POST   registration/institutions/{code}/units                                   .. ....+...  404       all  -
PATCH  registration/institutions/{code}/units/{unit}                            .. ....+...  404       all  -
DELETE registration/institutions/{code}/units/{unit}                            .. ....+...  404       all  -
GET    registration/institutions/{code}/jobs                                    .. ....+...  404       all  -
GET    registration/institutions/{code}/jobs/people                             .. ....+...  404       all  -
PUT    registration/institutions/{code}/jobs                                    .. ....+...  404       all  -
GET    registration/institutions/{code}/sheets                                  .. .+.++...  404       less -
POST   registration/institutions/{code}/sheets                                  .. .+.++...  404       422  403
GET    registration/institutions/{code}/sheets/{identifier}                     .. .+.++...  404       404  -
GET    registration/institutions/{code}/sheets/{identifier}/pdf                 .. .+.++...  404       404  -
GET    registration/institutions/{code}/sheet-counts                            .. .+.++...  404       less -
GET    registration/institutions/{code}/unit-lists                              .. .+.++...  404       less -
POST   registration/institutions/{code}/people/{person}/reclaim                 .. .++.+...  404       404  403
GET    registration/institutions/{code}/people/{person}/steps                   .. ...+....  404       404  reads
POST   registration/institutions/{code}/people/{person}/sheet-requests          .. .+.++...  404       404  403
POST   registration/institutions/{code}/people/{person}/sheet-requests/decision .. .+..+...  404       404  403
POST   registration/institutions/{code}/people/{person}/identity                .. .++.+...  404       404  403

GET    registration/institutions/{code}/contact                                 .. .+++++++  404       all  -
PUT    registration/institutions/{code}/contact                                 .. ....+...  404       all  -

# who works with the portal
GET    registration/institutions/{code}/users                                   .. ...++.+.  404       all  -
POST   registration/institutions/{code}/users/{user}/role                       .. ....+.+.  404       all  -
POST   registration/institutions/{code}/users/{user}/disablement                .. ....+.+.  404       all  -
DELETE registration/institutions/{code}/users/{user}/own-nik                    .. ....+.+.  404       all  -
POST   registration/institutions/{code}/users/{user}/recoveries                 .. ...++.+.  404       all  -
GET    registration/institutions/{code}/users/{user}/deeds                      .. .ooo+o++  404       less -
GET    registration/institutions/{code}/invitations                             .. ...++.+.  404       all  -
POST   registration/institutions/{code}/invitations                             .. ....+.+.  404       all  -
DELETE registration/institutions/{code}/invitations/{invitation}                .. ...++.+.  404       all  -
POST   registration/institutions/{code}/invitations/{invitation}/decision       .. ....+.+.  404       all  -
POST   registration/institutions/{code}/invitations/{invitation}/sending        .. ...++.+.  404       all  -
POST   registration/institutions/{code}/invitations/{invitation}/confirmation   .. ....+.+.  404       all  -
GET    registration/invitations                                                 .. ....+.+.  -         all  -

# an institution without users asks for its first admin
POST   registration/applications                                                ++ ++++++++  -         -    -
POST   registration/applications/lookups                                        ++ ++++++++  -         -    -
POST   registration/applications/withdrawals                                    ++ ++++++++  -         -    -
GET    registration/applications                                                .. ......+.  -         -    -
GET    registration/applications-waiting                                        .. ......+.  -         -    -
GET    registration/applications/{number}                                       .. ......+.  -         -    -
POST   registration/applications/{number}/decision                              .. ......+.  -         -    -

# files
GET    documents/copies                                                         .. +.......  -         -    -
POST   documents/copies                                                         .. +.......  -         -    -
GET    documents/copies/{copy}                                                  .. +.......  -         -    -
GET    documents/copies/{copy}/link                                             .. +.......  -         -    -
POST   documents/uploads/by-ticket                                              ++ ++++++++  -         -    -
POST   documents/uploads                                                        .+ ++..+++.  404       404  403
GET    documents/uploads/{file}                                                 .+ +++o+o++  404       404  reads
GET    documents/files/{file}/link                                              .+ +++o+o++  404       404  reads
GET    documents/files/{file}/pages                                             .+ +++o+o++  404       404  reads
GET    documents/files/{file}/pages/{page}                                      .+ +++o+o++  404       404  reads
GET    documents/people/{person}/files                                          .. +++.+.++  404       404  reads
GET    documents/institutions/{code}/unit-statements                            .. ....++++  404       all  -

# lists of excluded job titles
GET    registration/title-lists                                                 .. ......++  -         -    -
POST   registration/title-lists                                                 .. ......+.  -         -    -
GET    registration/title-lists/{identifier}                                    .. ......++  -         -    -
GET    registration/title-lists/{identifier}/effects                            .. ......++  -         -    -
POST   registration/title-lists/{identifier}/preview                            .. ......+.  -         -    -
POST   registration/title-lists/{identifier}/run                                .. ......+.  -         -    -
POST   registration/title-lists/{identifier}/withdrawal                         .. ......+.  -         -    -
POST   registration/title-lists/{identifier}/resumption                         .. ......+.  -         -    -

# the round: calendar, letters, SPTJM, seal
GET    finalization/calendar                                                    ++ ++++++++  -         -    -
PUT    finalization/calendar                                                    .. ......+.  -         -    -
POST   finalization/calendar/preview                                            .. ......+.  -         -    -
GET    finalization/schedule                                                    ++ ++++++++  -         -    -
GET    finalization/institutions                                                .. ......++  -         -    -
GET    finalization/duty                                                        .. ......++  -         -    -
GET    finalization/readiness                                                   .. ......++  -         -    -
GET    finalization/institutions/{code}                                         .. .+++++++  404       all  -
PUT    finalization/institutions/{code}                                         .. ......+.  -         -    -
POST   finalization/institutions/{code}/prefinalization                         .. ....+...  404       all  -
POST   finalization/institutions/{code}/finalization                            .. ....+...  404       all  -
POST   finalization/institutions/{code}/extensions                              .. ....+.+.  404       all  -
POST   finalization/extensions/{extension}/decision                             .. ......+.  -         -    -
POST   finalization/institutions/{code}/reopening                               .. ......+.  -         -    -
POST   finalization/institutions/{code}/usulan-reopening                        .. ......+.  -         -    -
POST   finalization/institutions/{code}/verification-reopening                  .. ......+.  -         -    -
POST   finalization/institutions/{code}/waivers                                 .. ......+.  -         -    -
POST   finalization/institutions/{code}/waivers/{number}/withdrawal             .. ......+.  -         -    -
GET    finalization/institutions/{code}/sptjm/document                          .. ....++..  404       all  -
GET    finalization/institutions/{code}/handover                                .. ....++..  404       all  -
POST   finalization/institutions/{code}/sptjm                                   .. ....++..  404       all  -
POST   finalization/institutions/{code}/sptjm/decision                          .. ......+.  -         -    -
GET    finalization/institutions/{code}/seal                                    .. .+++++++  404       all  -

# what the public reads and sends
GET    announcements/captcha                                                    ++ ++++++++  -         -    -
POST   announcements/usulan                                                     ++ ++++++++  -         -    -
POST   announcements/tanggapan                                                  ++ ++++++++  -         -    -
POST   announcements/bantuan                                                    ++ ++++++++  -         -    -
POST   announcements/keberatan                                                  .. +.......  -         -    -
GET    announcements/me/reports/{number}                                        .. +.......  -         -    -
POST   announcements/me/reports/{number}/answer                                 .. +.......  -         -    -
POST   announcements/cases/hearings                                             ++ ++++++++  -         -    -
POST   announcements/cases/hearings/answers                                     ++ ++++++++  -         -    -
POST   announcements/cases/lookups                                              ++ ++++++++  -         -    -
POST   announcements/cases/messages                                             ++ ++++++++  -         -    -
POST   announcements/cases/withdrawals                                          ++ ++++++++  -         -    -
GET    announcements/cases                                                      .. ......++  -         -    -
GET    announcements/cases/count                                                .. ......++  -         -    -
GET    announcements/institutions/{code}/cases                                  .. .++++.++  404       less -
GET    announcements/institutions/{code}/cases/count                            .. .++++.++  404       less -
GET    announcements/institutions/{code}/case-figures                           .. .++++.++  404       all  -
GET    announcements/institutions/{code}/answers                                .. .++++.++  404       all  -
# bkn keeps its own alone: tests/announcements/test_answers.py
PUT    announcements/institutions/{code}/answers                                .. ...++.+.  404       all  -
GET    announcements/institutions/{code}/cases/{number}                         .. .++++.++  404       403  403
GET    announcements/institutions/{code}/cases/{number}/notice                  .. ..+++.+.  404       403  403
POST   announcements/institutions/{code}/cases/{number}/handed-over             .. ..+++.+.  404       403  403
POST   announcements/institutions/{code}/cases/{number}/taking                  .. .++++.+.  404       403  403
POST   announcements/institutions/{code}/cases/{number}/messages                .. .++++.+.  404       403  403
POST   announcements/institutions/{code}/cases/{number}/release                 .. .++++.+.  404       403  403
POST   announcements/institutions/{code}/cases/{number}/decisions               .. .++++.+.  404       403  403
GET    announcements/publications                                               .. ......++  -         -    -
GET    announcements/institutions/{code}/publication                            .. ....+.++  404       all  -
POST   announcements/institutions/{code}/publication/releases                   .. ......+.  -         -    -
GET    announcements/institutions/{code}/kit                                    .. .+..++++  404       all  -
GET    announcements/institutions/{code}/kit/paper                              .. .+..++++  404       all  -
GET    announcements/institutions/{code}/kit/poster                             .. .+..++++  404       all  -
GET    announcements/institutions/{code}/kit/preview                            .. .+..++..  404       less -
PUT    announcements/institutions/{code}/announcements/{name}                   .. ....+...  404       all  -
GET    announcements/banner                                                     .. ......++  -         -    -
PUT    announcements/banner                                                     .. ......+.  -         -    -
DELETE announcements/banner                                                     .. ......+.  -         -    -
"""

_VERDICTS = """
somebody else               -
himself                     entered-by-you
his sponsor                 entered-by-sponsor
a second sponsor            entered-by-sponsor
whom he invited             -
a colleague he came with    -
"""
"""Who entered, changed or uploaded for the row, and what its decider is told (domain.md, section 2, *Four eyes*)."""


@dataclass(frozen=True)
class Rule:
    """One route and what is to be answered."""

    method: str
    path: str
    """As the service declares it, from `/<service>/` on."""
    marks: dict[str, str]
    """Of each caller."""
    elsewhere: Elsewhere
    unit: Unit
    own: OwnRow

    def __str__(self) -> str:
        """For the names of tests."""
        return f"{self.method} {self.path}"

    @property
    def service(self) -> str:
        """Which of the four."""
        return self.path.split("/")[1]

    @property
    def is_public(self) -> bool:
        """Whether anybody may."""
        return self.marks[NOBODY] == "+"

    @property
    def takes_enrolment(self) -> bool:
        """Whether the identity check is what lets in, or one of two things that do."""
        return self.marks[ENROLLED] == "+" and not self.is_public

    @property
    def roles(self) -> frozenset[Role]:
        """Who is let in at the door, signed in; of a public route nobody is asked, so none."""
        return frozenset(role for role in Role if self.marks[role] != ".") if not self.is_public else frozenset()

    def refusal(self, caller: str) -> Code | None:
        """With what a caller is turned away who asks for what is neither his own nor another institution's."""
        if self.marks[caller] == "+":
            return None
        return Code.UNAUTHENTICATED if caller in {NOBODY, ENROLLED} or not self.roles else Code.FORBIDDEN

    def below(self, prefix: str) -> str:
        """The path behind a prefix."""
        return self.path.removeprefix(prefix)


def _rule(line: str) -> Rule:
    method, path, open_to, roles, elsewhere, unit, own = line.split()
    marks = dict(zip(CALLERS, open_to + roles, strict=True))
    return Rule(method, f"/{path}", marks, elsewhere, unit, own)  # type: ignore[arg-type]  # test_matrix.py checks


RULES: Final = tuple(_rule(line) for line in _MATRIX.splitlines() if line and not line.startswith("#"))
VERDICTS: Final = {
    who.strip(): None if code.strip() == "-" else Code(code.strip())
    for who, code in ((line[:28], line[28:]) for line in _VERDICTS.strip().splitlines())
}


def rules_of(prefix: str) -> list[Rule]:
    """The rules of routes whose path begins so."""
    return [rule for rule in RULES if rule.path.startswith(prefix)]
