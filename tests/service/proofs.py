"""Evidence before the use cases alone: what people attach, and bytes as if they had been fetched."""

import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

from PIL import Image

from bot.domain.evidence import Evidence
from bot.service.channel import Job
from bot.service.events import Attachment, Sent
from bot.service.fetching import FetchDesk
from bot.service.world import World
from tests.service.scene import CHANNEL, Scene

PDF = b"%PDF-1.7 made up"
LATITUDE = (31.0, 13.0, 49.0)
MAKER = "SecretCameraMaker"


def picture(form: str = "JPEG", size: tuple[int, int] = (64, 48), *, place: bool = True, seed: int = 0) -> bytes:
    """A picture; place: with EXIF that says where it was taken, which it is, and a turn to the right."""
    image = Image.new("RGB", size, (seed % 256, seed // 256 % 256, 90))
    more: dict[str, Any] = {}
    if place:
        exif = Image.Exif()
        exif[0x010E], exif[0x010F], exif[0x0112] = f"picture {seed}", MAKER, 6
        exif.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: (121.0, 28.0, 25.0)})
        more["exif"] = exif
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def tells_place(data: bytes) -> bool:
    """Whether a picture says where it was taken, or by what."""
    with Image.open(io.BytesIO(data)) as image:
        exif = image.getexif()
        return bool(exif.get_ifd(0x8825)) or bool(exif) or MAKER.encode() in data


def sent(scene: Scene, kind: str = "photo", caption: str = "", reply_to: str = "", card: str = "", **more: Any) -> str:
    """Send something that can be evidence; the number of the message. more: of the Attachment."""
    message = scene._number()
    plain = {"file": f"AgAC{message}", "size": 12, "mime": "image/jpeg"}
    found = Attachment(**({"place": "31.230400,121.473700"} if kind == "location" else plain | more))
    scene.do(Sent(kind, message, caption, found, reply_to, card))
    return message


def desk(world: World) -> FetchDesk:
    return FetchDesk(world, CHANNEL)


def jobs(world: World) -> tuple[Job, ...]:
    return desk(world).due().jobs


def arrive(world: World, *contents: bytes) -> None:
    """What is waited for arrives, in order: these bytes, the last ones for all that is left."""
    waiting = jobs(world)
    for place, job in enumerate(waiting):
        one = contents[min(place, len(contents) - 1)]
        part = desk(world).part()
        part.write_bytes(one)
        found = desk(world).examined(part, hashlib.sha256(one).hexdigest(), len(one))
        desk(world).keep(job, found)
        for made in (part, *([found.clean.part] if found.clean else [])):
            made.unlink(missing_ok=True)


def held(scene: Scene, ref: str) -> Mapping[int, Evidence]:
    return scene.state(ref).evidence


def files(world: World) -> set[str]:
    """The names of all that stands in the folder of evidence, temporary files by their folder's name."""
    folder = world.store.vault._folder
    return {p.name if p.parent.name != ".coming" else ".coming" for p in folder.rglob("*") if p.is_file()}


def at(scene: Scene, clause: str = "2.1") -> str:
    """An assessment, with this clause's card open."""
    ref = scene.begin()
    scene.say(f"#{clause}")
    return ref


def seq(scene: Scene, ref: str) -> int:
    """The newest piece."""
    return max(held(scene, ref))


def notices(scene: Scene) -> list[dict[str, str]]:
    """What waits to be sent to the person, beside the card."""
    with scene.world.store.read() as unit:
        return [json.loads(one.content) for one in unit.notices.waiting(scene.who.channel, scene.who.chat)]
