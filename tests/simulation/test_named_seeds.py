"""Lives that once broke a rule, of the product or of the simulation itself; kept as they were shortened.

Whole plans, not seeds alone: another kind of fault would make another life of the same seed. Beside each step
stands what it comes to: a life that tells another story, because people draw other dice, proves nothing.
"""

from typing import NamedTuple

import pytest

from tests.simulation.faults import Fault
from tests.simulation.plan import Does, Plan, Step
from tests.simulation.running import lived
from tests.support.schemas import N_MINUS_2


class Story(NamedTuple):
    """A life, and how what each of its steps tells begins."""

    plan: Plan
    told: tuple[str, ...]


def a_story(
    owners: tuple[int, ...],
    cooperatives: tuple[tuple[int, ...], ...],
    faults: set[Fault],
    *steps: tuple[Step, str],
    want_bytes: tuple[int, ...] = (),
    patience: int = 1,
    few_values: bool = False,
    schemas: tuple[int, ...] = (),
    centre_schema: int = N_MINUS_2,
    seed: int = 0,
) -> Story:
    plan = Plan(
        seed=seed,
        owners=owners,
        cooperatives=cooperatives,
        faults=frozenset(faults),
        want_bytes=want_bytes or (1024,) * len(owners),
        patience=patience,
        few_values=few_values,
        steps=tuple(step for step, _ in steps),
        schemas=schemas,
        centre_schema=centre_schema,
    )
    return Story(plan, tuple(told for _, told in steps))


SYNCED = "Finish None"
STORIES = {
    "two windows conflict, then the cooperative is withdrawn: both values are quarantined": a_story(
        (0, 0),
        ((0, 1),),
        {Fault.WITHDRAWN},
        (Step(Does.SYNC, 1, 2152348069), SYNCED),
        (Step(Does.OPEN, 1, 2575666712), "opened cooperative 0000c1"),
        (Step(Does.EDIT, 1, 3477662730), "saved cooperative 0000c1 ['principal_saving']"),
        (Step(Fault.WITHDRAWN, 1, 2910557648), "1 WITHDRAWN"),
        (
            Step(Does.SAVE_OPENED, 1, 4208801941),
            "saved cooperative 0000c1 ['address', 'mandatory_saving', 'principal_saving']",
        ),
    ),
    "made and deleted offline here, made on another laptop as well": a_story(
        (2, 1, 2),
        ((0,), (0, 1), (0, 1)),
        set(),
        (Step(Does.SYNC, 0, 3002523300), SYNCED),
        (Step(Does.SYNC, 2, 895849602), SYNCED),
        (Step(Does.EDIT, 2, 3143916143), "created member_count 9c5107"),
        (Step(Does.DELETE, 2, 4110913510), "saved member_count 9c5107 ['~deleted']"),
        (Step(Does.EDIT, 0, 3661275644), "created member_count 9c5107"),
    ),
    "deleted here before it was sent, and sent by a copy of this laptop: the work comes back": a_story(
        (1,),
        ((0, 1), (0,)),
        {Fault.LAPTOP_CLONED},
        (Step(Does.SYNC, 0, 1213219228), SYNCED),
        (Step(Does.EDIT, 0, 110273794), "created member_count e41c7d"),
        (Step(Fault.LAPTOP_CLONED, 0, 109806703), "now also laptop 1"),
        (Step(Does.DELETE, 0, 4199733768), "saved member_count e41c7d ['~deleted']"),
    ),
    "an old window deletes what another window changed since, before anything was sent": a_story(
        (1,),
        ((0, 1), (0,), (0,)),
        {Fault.OLD_EDITOR},
        (Step(Does.SYNC, 0, 2157316500), SYNCED),
        (Step(Does.EDIT, 0, 519344522), "created member_count e41c7d"),
        (Step(Does.OPEN, 0, 4151650089), "opened member_count e41c7d"),
        (Step(Does.EDIT, 0, 183026413), "saved member_count e41c7d"),
        (Step(Does.DELETE, 0, 3095804512), "saved member_count e41c7d ['~deleted']"),
    ),
    "a decision is released whose question the centre has lost": a_story(
        (1, 0, 0, 1),
        ((0, 1), (0, 1)),
        {Fault.CENTRE_ROLLED_BACK, Fault.FORGOTTEN},
        (Step(Fault.CENTRE_ROLLED_BACK, 0, 4036616192), "file 1"),
        (Step(Does.DECIDE, 1, 2885853299), "Finish None after 5, Finish None after 5, saved cooperative "),
        (Step(Fault.FORGOTTEN, 1, 742228784), "Finish None after 5, forgot 0"),
        (Step(Fault.CENTRE_ROLLED_BACK, 0, 2851707364), "put back file 1"),
        (Step(Does.SYNC, 1, 1334860436), "Finish None after 11"),
        (Step(Does.SUPERVISE, 0, 2448932194), "released 5"),
        seed=21028,
        want_bytes=(65536, 65536, 65536, 65536),
    ),
    "a row is decided to be deleted in a record that is deleted as well": a_story(
        (2, 1, 1),
        ((0, 1), (0,), (0, 1)),
        {Fault.FORGOTTEN},
        (Step(Does.SYNC, 1, 124934010), "Finish None after 5"),
        (Step(Does.ASSIGN, 2, 389355583), "-"),
        (Step(Fault.FORGOTTEN, 2, 179656333), "RecordNotFound ('cooperative', UUID('00000000-0000-0000-0000"),
        (Step(Does.EDIT, 2, 777528685), "saved visit 000000 [] visit ee7d46"),
        (Step(Does.DECIDE, 2, 3690118866), "Finish None after 5, Finish None after 5, saved cooperative "),
        (Step(Does.EDIT, 1, 4014252659), "saved visit ee7d46 ['findings/a/text']"),
        (Step(Does.DECIDE, 0, 1512314984), "Finish None after 5, Finish None after 5, saved visit ee7d46"),
        (Step(Does.DELETE, 2, 2108813247), "saved visit ee7d46 ['findings/a/~deleted']"),
        (Step(Does.SYNC, 2, 309222849), "Finish None after 5"),
        (Step(Does.DELETE, 2, 3316807152), "saved visit ee7d46 ['~deleted']"),
        (Step(Does.DECIDE, 2, 2887413285), "saved visit ee7d46 ['findings/a/~deleted', '~deleted'] and n"),
        seed=25278,
        want_bytes=(65536, 1024, 1024),
        patience=0,
        few_values=True,
    ),
    "deleted while it was on offer, and offered by another laptop too": a_story(
        (0, 0),
        ((0,), (0, 1)),
        {Fault.CENTRE_RESTORED, Fault.STALE_ANSWER},
        (Step(Fault.CENTRE_RESTORED, 1, 3903816857), "backup 1"),
        (Step(Does.ADVANCE, 1, 578146982), "Prepare Prepared ''"),
        (Step(Does.ADVANCE, 1, 2969035893), "Send"),
        (Step(Does.ADVANCE, 1, 601647934), "delivered 430 bytes"),
        (Step(Does.ADVANCE, 1, 668833244), "Answered 430"),
        (Step(Fault.STALE_ANSWER, 1, 3284946191), "-"),
        (Step(Does.EDIT, 1, 1732181501), "created member_count 9c5107 ['note', 'period']"),
        (Step(Does.DECIDE, 0, 2468755611), "Finish None after 7, Finish None after 5, saved cooperative "),
        (Step(Fault.CENTRE_RESTORED, 1, 1481003737), "put back backup 1"),
        (Step(Does.ADVANCE, 0, 3500280348), "Prepare Prepared ''"),
        (Step(Does.ADVANCE, 0, 880119866), "Send"),
        (Step(Does.ADVANCE, 0, 788444554), "delivered 225 bytes"),
        (Step(Does.ADVANCE, 0, 1797202246), "Answered 225"),
        (Step(Does.ADVANCE, 0, 2541584907), "Store Stored ''"),
        (Step(Does.ADVANCE, 0, 941743056), "Recover Recovered ''"),
        (Step(Does.DELETE, 0, 2463329590), "saved member_count 9c5107 ['~deleted']"),
        seed=26920,
        patience=2,
        few_values=True,
    ),
    "two windows differ, and whoever decides has typed one of the two values over what was sent": a_story(
        (0,),
        ((0,), (0, 1)),
        set(),
        (Step(Does.SYNC, 0, 1405965814), "Finish None after 5"),
        (Step(Does.OPEN, 0, 1267110228), "opened cooperative 0000c0"),
        (Step(Does.OPEN, 0, 3993288310), "opened cooperative 0000c0"),
        (Step(Does.SAVE_OPENED, 0, 3590750092), "saved cooperative 0000c0 ['mandatory_saving']"),
        (Step(Does.ADVANCE, 0, 3829170455), "Prepare Prepared ''"),
        (Step(Does.EDIT, 0, 937249922), "saved cooperative 0000c0 ['address', 'mandatory_saving']"),
        (
            Step(Does.SAVE_OPENED, 0, 369535460),
            "saved cooperative 0000c0 ['mandatory_saving', 'principal_sav",
        ),
        (Step(Does.DECIDE, 0, 3012341720), "saved cooperative 0000c0 ['mandatory_saving']"),
        seed=28500,
        patience=2,
    ),
    "a text typed over goes with a copy that was forgotten before the centre lost it": a_story(
        (0,),
        ((0, 1),),
        {Fault.CENTRE_RESTORED, Fault.FORGOTTEN, Fault.SCHEMA_UPGRADED},
        (Step(Fault.CENTRE_RESTORED, 0, 1163415218), "backup 1"),
        (Step(Does.SYNC, 0, 3611521428), "Finish None after 5"),
        (Step(Fault.SCHEMA_UPGRADED, 0, 2419830583), "laptop to schema 3"),
        (Step(Does.EDIT, 0, 550729564), "saved training 000000 [] training 777062"),
        (Step(Does.EDIT, 0, 2196891157), "saved training 777062 ['report']"),
        (Step(Does.SYNC, 0, 1811041345), "Finish None after 5"),
        (Step(Fault.FORGOTTEN, 0, 1783451325), "Finish None after 5, forgot 0"),
        (Step(Fault.CENTRE_RESTORED, 0, 1222768570), "put back backup 1"),
        seed=56972,
        patience=0,
        schemas=(2,),
        centre_schema=2,
    ),
    "two people type alike, and one deletes his before it is sent": a_story(
        (0, 0),
        ((0, 1), (0, 1)),
        {Fault.DEVICE_REVOKED, Fault.FORGED_ANSWER, Fault.FORGOTTEN},
        (Step(Fault.FORGOTTEN, 0, 3276938841), "NotWithdrawn 00000000-0000-0000-0000-0000000000c1"),
        (Step(Does.EDIT, 0, 1675598561), "saved visit 000000 [] visit 809448"),
        (Step(Fault.FORGED_ANSWER, 0, 2261810633), "Answered 41"),
        (Step(Fault.DEVICE_REVOKED, 0, 3655673053), "0"),
        (Step(Does.DECIDE, 0, 2520541921), "Finish None after 5, Finish ServerRefused(403, 'device_revok"),
        (Step(Does.DELETE, 0, 2694912540), "saved visit 809448 ['attendees/a/~deleted']"),
        seed=76379,
        patience=2,
        few_values=True,
    ),
    "stopped between hearing that the centre has lost a grant and giving back what it was for": a_story(
        (0,),
        ((0,),),
        {Fault.CENTRE_RESTORED, Fault.OFFICE_EDIT, Fault.FOREIGN_ANSWER, Fault.KILLED_AFTER_COMMIT},
        (Step(Fault.CENTRE_RESTORED, 0, 2373660997), "backup 1"),
        (Step(Does.ASSIGN, 0, 2459189997), "-"),
        (Step(Fault.OFFICE_EDIT, 0, 638448870), "1 principal_saving 518151"),
        (Step(Does.SYNC, 0, 1778127521), "Finish None after 5"),
        (Step(Fault.CENTRE_RESTORED, 0, 2725950922), "put back backup 1"),
        (Step(Fault.FOREIGN_ANSWER, 0, 137931616), "-"),
        (Step(Fault.KILLED_AFTER_COMMIT, 0, 851077856), "armed"),
        (Step(Does.SYNC, 0, 4160137284), "died after commit"),
        seed=134965,
        patience=0,
        centre_schema=1,
    ),
    "a text typed over one in flight, from which somebody else has taken a word": a_story(
        (0, 1, 2),
        ((0, 1), (0,), (0,)),
        {Fault.LAPTOP_CLONED},
        (Step(Does.SYNC, 2, 1069184619), "Finish None after 5"),
        (
            Step(Does.EDIT, 2, 3039360400),
            "created member_count e41c7d ['note', 'period', 'source', 'women']",
        ),
        (Step(Does.ADVANCE, 2, 1337977569), "Prepare Prepared"),
        (Step(Does.ADVANCE, 2, 675404164), "Send"),
        (Step(Does.ADVANCE, 2, 2297810641), "delivered 377 bytes"),
        (Step(Does.SYNC, 1, 2234365549), "Finish None after 5"),
        (Step(Does.SYNC, 2, 2018744003), "Finish None after 2"),
        (Step(Does.EDIT, 1, 3998830881), "saved member_count e41c7d ['note', 'source', 'women']"),
        (Step(Does.EDIT, 2, 2324636401), "saved member_count e41c7d ['note']"),
        (Step(Fault.LAPTOP_CLONED, 2, 3662634472), "now also laptop 3"),
        (Step(Does.ADVANCE, 2, 1292259436), "Prepare Prepared"),
        (Step(Does.EDIT, 2, 323572179), "saved member_count e41c7d ['note']"),
        seed=135557,
        want_bytes=(1024, 1024, 65536),
        patience=2,
        schemas=(3, 4, 4),
        centre_schema=3,
    ),
    "two people's words in one text, of which a loss leaves only what they became together": a_story(
        (2, 2, 2),
        ((0, 1), (0, 1), (0, 1)),
        {
            Fault.DUPLICATED,
            Fault.DELAYED,
            Fault.CUT_ANSWER,
            Fault.CLOCK_JUMPED,
            Fault.KILLED_BEFORE_COMMIT,
            Fault.FORGED_ANSWER,
            Fault.DISK_FULL,
            Fault.CENTRE_ROLLED_BACK,
            Fault.OLD_EDITOR,
            Fault.CENTRE_DISK_FULL,
            Fault.CLOCK_YEARS_OFF,
            Fault.SCHEMA_UPGRADED,
            Fault.LOST_ANSWER,
        },
        (Step(Does.DECIDE, 0, 361671566), "Finish None after 5, Finish None after 5, saved cooperative"),
        (Step(Fault.CENTRE_ROLLED_BACK, 0, 432305157), "file 1"),
        (Step(Does.EDIT, 2, 3882804661), "saved visit 000000 [] visit 537f93"),
        (Step(Does.SYNC, 2, 2909827598), "Finish None after 5"),
        (Step(Does.DECIDE, 2, 3494338548), "ConflictDecided"),
        (Step(Does.DECIDE, 2, 1457915884), "Finish None after 5, Finish None after 5, saved visit 537f93"),
        (Step(Fault.CENTRE_ROLLED_BACK, 1, 4251733485), "put back file 1"),
        (Step(Does.SYNC, 2, 3572648720), "Finish None after 16"),
        seed=159074,
        want_bytes=(65536, 65536, 65536),
        schemas=(2, 4, 1),
        centre_schema=3,
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES.keys())
def test_a_life_that_once_broke_a_rule_keeps_them_all(story: Story) -> None:
    life = lived(story.plan)
    assert not life.broken
    told = [event.partition(": ")[2] for event in life.trace[: len(story.told)]]
    assert [one[: len(words)] for one, words in zip(told, story.told, strict=True)] == [*story.told]
