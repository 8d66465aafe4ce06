"""The whole local cloud: emulator, runner, gateway, put together and taken apart in order."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from infra import site, templates
from infra.aws import EMULATOR_KEY
from infra.local import dataplane, nursery, wiring
from infra.local.clock import ShiftedClock, as_instant
from infra.local.dataplane import DataPlane
from infra.local.emulator import Emulator
from infra.local.figures import Figures
from infra.local.gateway.api import ApiFront
from infra.local.gateway.buckets import BucketFront, cors_rules
from infra.local.gateway.bus import Bus
from infra.local.gateway.edge import ErrorCache, error_seconds
from infra.local.gateway.local_pages import LocalFront
from infra.local.gateway.post_policy import Signer
from infra.local.gateway.server import Front, Gateway, adding, guarded
from infra.local.gateway.site import SiteFront, security_headers, yielding
from infra.local.knobs import Knobs
from infra.local.outbox import Outbox
from infra.local.phones import Phones
from infra.local.runner import Runner
from infra.local.settings import DEFAULT_CLOCK, LocalSettings
from infra.local.state import StateFolder
from infra.services import BUILD, ROOT

MAIL_SENDER = "no-reply@pendataan.example"
"""From whom notices come at home, where nobody gets them."""


@dataclass
class _Parts:
    """What is running; each part is there once it was started."""

    emulator: Emulator
    gateway: Gateway | None = None
    runner: Runner | None = None
    bus: Bus | None = None
    outbox: Outbox | None = None
    figures: Figures | None = None


class LocalCloud:
    """One running portal."""

    def __init__(self, settings: LocalSettings) -> None:
        """Bind nothing yet."""
        self._settings = settings
        self._state = StateFolder(settings.state)
        self.fresh = True
        """Whether the portal holds nothing yet; known once it was started."""
        self._parts = _Parts(Emulator(settings.state))
        self.clock = ShiftedClock(settings.state / "clock.json")
        self.phones = Phones(settings.state)
        self.port = settings.port

    @property
    def base_url(self) -> str:
        """The portal's address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start everything; when this returns the portal answers.

        Raises:
            OSError: the port is taken.
            RuntimeError: a part did not start, or the state is in use; the text says which.
        """
        fronts: dict[str, Front] = {}
        # bound before anything else: a taken port is the mistake people make, and nothing else is running yet
        self._parts.gateway = Gateway(self.port, fronts)
        self.port = self._parts.gateway.port
        self._state.take()
        nursery.prepare()
        emulator = self._parts.emulator
        emulator.start()
        self.fresh = not dataplane.deployed(emulator.aws)
        self._set_clock()
        origin = {"SiteOrigin": self.base_url, "S3PublicEndpoint": self.base_url, "DeletionProtection": "false"}
        origin |= {"MailSender": MAIL_SENDER, "DukcapilService": "stand-in"}
        origin["OriginSecret"] = secrets.token_urlsafe(32)  # of the distribution, for this run
        data = dataplane.deploy_data_plane(emulator.aws, self._settings.services, origin)
        expanded = {service: templates.read_template(service.template) for service in self._settings.services}
        shared = templates.load_template(ROOT / "infra" / "shared.yaml")
        wires = wiring.read(expanded, data.services, dataplane.denials(shared, data.values))
        knobs = Knobs(error_seconds(templates.load_template(ROOT / "infra" / "cdn.yaml")))
        bus = self._parts.bus = Bus(emulator.aws, knobs)
        outbox = self._parts.outbox = Outbox(self._settings.state / "outbox", self.clock)
        aws = replace(emulator.aws, bus=bus.endpoint, mail=outbox.endpoint)
        runner = self._parts.runner = Runner(wires, aws, self.clock, self._settings.state, knobs)
        fronts.update(self._fronts(data, wires, runner, knobs, outbox))
        site.upload(emulator.aws, data.values["SiteBucket"], self._settings.site or BUILD / "site")
        site.publish_key(emulator.aws, data.values["SiteBucket"], data.values["SigningKeyArn"])
        runner.start()
        self._parts.gateway.start()

    def keep(self) -> None:
        """This state is worth keeping from now on; one whose first start did not come this far is begun anew."""
        self._state.keep()

    def environment(self, service: str) -> dict[str, str]:
        """What a service's functions find in their environment; for tools that act beside the API."""
        assert self._parts.runner is not None  # noqa: S101 - asked of a running portal only
        return self._parts.runner.environment(service)

    def stop(self) -> None:
        """Take no more requests, drain, save, end every process. Safe at any point of the start."""
        if self._parts.gateway is not None:
            self._parts.gateway.stop()
        if self._parts.runner is not None:
            self._parts.runner.stop(self._settings.drain_seconds)
        if self._parts.figures is not None:
            self._parts.figures.stop()
        if self._parts.bus is not None:
            self._parts.bus.stop()
        if self._parts.outbox is not None:
            self._parts.outbox.stop()
        self._parts.emulator.stop()
        self._state.leave()

    def _set_clock(self) -> None:
        if self.fresh:
            self._state.forget_leftovers()
        instant = self._settings.clock
        if instant is None and self.fresh:
            instant = datetime.fromisoformat(DEFAULT_CLOCK)
        if instant is not None:
            self.clock.move_to(instant)

    def _fronts(
        self, data: DataPlane, wires: wiring.Wiring, runner: Runner, knobs: Knobs, outbox: Outbox
    ) -> dict[str, Front]:
        aws, values = self._parts.emulator.aws, data.values
        cdn = templates.load_template(ROOT / "infra" / "cdn.yaml")
        shared = templates.load_template(ROOT / "infra" / "shared.yaml")
        security = security_headers(cdn, {"AWS::Region": aws.region, **values})
        letters = [url for name, url in values.items() if name.endswith("DeadLettersUrl")]
        local = LocalFront(self.clock, aws, runner, letters, self._deadlines, knobs, self.phones)
        fronts: dict[str, Front] = {
            "site": guarded(SiteFront(aws, values["SiteBucket"], security).answer),
            "_local": guarded(local.answer),
            "_local/kotak-keluar": guarded(outbox.show),
        }
        figures = self._parts.figures = Figures(aws, dataplane.STAGE)
        figures.start()
        for api in wires.apis:
            front = ApiFront(api, runner.api_pool(api), self.clock, values["OriginSecret"], knobs)
            edge = ErrorCache(figures.counting(api.function.service.name, guarded(front.answer)), knobs)
            fronts[f"api/{api.function.service.name}"] = adding(edge.answer, security, yielding(cdn))
            fronts.setdefault("api", fronts[f"api/{api.function.service.name}"])  # of no service: any API refuses it
        signer = Signer(EMULATOR_KEY, EMULATOR_KEY)
        for name in (n for n, r in shared["Resources"].items() if r["Type"] == "AWS::S3::Bucket"):
            rules = cors_rules(shared, name, values)
            bucket = BucketFront(values[name], self._parts.emulator.port, signer, rules)
            fronts[values[name]] = guarded(bucket.answer)
        return fronts

    def _deadlines(self) -> Sequence[tuple[str, datetime]]:
        """The calendar's closing instants that are still to come, as the portal itself tells them."""
        try:
            address = f"{self.base_url}/api/finalization/calendar"
            with urllib.request.urlopen(address, timeout=5) as got:  # noqa: S310 - our own address
                windows = json.load(got)["windows"]
        except (urllib.error.URLError, ValueError, KeyError, TypeError):
            return []
        instants = [(window["name"], as_instant(window["closes"])) for window in windows if window.get("closes")]
        return sorted(((n, i) for n, i in instants if i > self.clock.now()), key=lambda found: found[1])
