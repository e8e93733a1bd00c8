"""Slack from end to end: a real slack_bolt app against the fake Slack, by Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.model.delivery import NotThere, Sent
from bot.model.request import Asker, BriefRequest, FeedRequest, FindRequest, RelatedRequest, Request
from bot.model.view import DigestView, Hit, Notice, Problem, SearchView, Source, View
from bot.platforms.slack.app import SlackPlatform
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_listening import CARD, COVERAGE, NOON, Desk, delivery, listening, made
from tests.fakes.slack_state import Person

DIGEST = DigestView(channel="news", day=NOON.date(), zone="UTC", stories=(CARD,), coverage=COVERAGE)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def platform(slack: FakeSlack, desk: Desk) -> AsyncIterator[SlackPlatform]:
    async with listening(made(slack, desk.answer), slack) as platform:
        yield platform


@pytest.mark.usefixtures("platform")
async def test_related_is_answered_to_the_asker_alone(slack: FakeSlack, desk: Desk) -> None:
    reply = await slack.command("/related", "ferry &amp; &lt;sand&gt;")
    message = await reply.message()
    assert reply.acknowledged
    assert message.to == "U0ANNA"
    assert "Nothing is close enough." in message.shown
    [(asker, request)] = desk.asked
    assert request == RelatedRequest("ferry & <sand>")
    assert asker == Asker(
        platform="slack", workspace="T0TEAM", channel="C0NEWS", user="U0ANNA", channel_name="news"
    )
    assert slack.posted() == []


@pytest.mark.usefixtures("platform")
async def test_an_answer_is_shared_with_the_channel(slack: FakeSlack, desk: Desk) -> None:
    brief = await (await slack.command("/brief", "ferry 3d")).message()
    shared = await (await slack.press(brief, "Share in channel")).message()
    assert shared.to is None
    assert "Ferry aground" in shared.shown
    assert "U0ANNA" in shared.shown
    assert [button["text"]["text"] for button in shared.buttons] == ["Related"]
    assert slack.posted() == [shared]
    assert [request for _, request in desk.asked] == [BriefRequest(topic="ferry", since="3d")] * 2


async def test_a_digest_is_posted_once_and_found_again(slack: FakeSlack, platform: SlackPlatform) -> None:
    part = delivery(platform.render(DIGEST)[0])
    slack.say("C0NEWS", "Good morning!")
    assert await platform.find(part) == NotThere()
    sent = await platform.send(part)
    assert isinstance(sent, Sent)
    message = slack.posted()[-1]
    assert (message.ts,) == sent.ids
    assert "Ferry aground" in message.shown
    assert await platform.find(part) == sent
    assert await platform.find(delivery(part.payload, key="another")) == NotThere()


async def test_the_button_of_an_old_digest_works_after_a_restart(slack: FakeSlack, desk: Desk) -> None:
    async with listening(made(slack, desk.answer), slack) as before:
        await before.send(delivery(before.render(DIGEST)[0]))
    await slack.sockets.until_closed()
    async with listening(made(slack, desk.answer), slack):
        reply = await slack.press(slack.posted()[0], "Related", user="U0BOSS")
        answer = await reply.message()
    assert answer.to == "U0BOSS"
    assert answer.body["replace_original"] is False
    assert [request for _, request in desk.asked] == [RelatedRequest("S-4F2K")]


async def test_the_pages_of_a_search_are_turned(slack: FakeSlack) -> None:
    asked: list[Request] = []

    async def answer(_asker: Asker, request: Request) -> View:
        assert isinstance(request, FindRequest)
        asked.append(request)
        hit = Hit(source=Source(article_id="a1", name="Post", title="Sand"), snippet=f"page {request.page}")
        return SearchView(words=request.words, zone="UTC", hits=(hit,), page=request.page, more=True)

    async with listening(made(slack, answer), slack):
        first = await (await slack.command("/find", "“sand bank”")).message()
        second = await (await slack.press(first, "More results")).message()
    assert "page 2" in second.shown
    assert asked == [FindRequest('"sand bank"'), FindRequest('"sand bank"', 2)]


@pytest.mark.usefixtures("platform")
@pytest.mark.parametrize("user", ["U0ANNA", "U0BOSS", "U0GONE", "U0NEVER"])
async def test_slack_itself_says_who_is_a_manager(slack: FakeSlack, desk: Desk, user: str) -> None:
    slack.add_person(Person("U0GONE", admin=True, deleted=True))
    await (await slack.command("/nutgraf", "feed list", user=user)).message()
    await (await slack.command("/nutgraf", "feed list", user=user)).message()
    assert [asker.manager for asker, _ in desk.asked] == [user == "U0BOSS"] * 2
    assert desk.asked[0][1] == FeedRequest("list")
    assert len(slack.calls("users.info")) == (2 if user == "U0NEVER" else 1)


@pytest.mark.usefixtures("platform")
async def test_without_the_scope_nobody_is_a_manager(slack: FakeSlack, desk: Desk) -> None:
    slack.workspace.scopes.discard("users:read")
    await (await slack.command("/nutgraf", "feed list", user="U0BOSS")).message()
    assert desk.asked[0][0].manager is False


@pytest.mark.usefixtures("platform")
async def test_a_command_nobody_knows_is_acknowledged_and_explained(slack: FakeSlack, desk: Desk) -> None:
    reply = await slack.command("/nutgraff")
    message = await reply.message()
    assert reply.acknowledged
    assert "nutgraff" in message.shown
    assert "/nutgraf help" in message.shown
    assert desk.asked == []


@pytest.mark.usefixtures("platform")
async def test_a_button_of_another_version_is_explained(slack: FakeSlack, desk: Desk) -> None:
    brief = await (await slack.command("/brief")).message()
    brief.buttons[-1]["value"] = '[99,"related","S-4F2K"]'
    answer = await (await slack.press(brief, "Share in channel")).message()
    assert "another version" in answer.shown
    assert len(desk.asked) == 1


@pytest.mark.usefixtures("platform")
async def test_what_is_delivered_again_is_answered_once(slack: FakeSlack, desk: Desk) -> None:
    reply = await slack.command("/brief", again=2)
    brief = await reply.message()
    press = await slack.press(brief, "Related", again=1)
    await press.message()
    await (await slack.command("/brief", "the next")).message()
    assert (reply.acknowledgements, press.acknowledgements) == (3, 2)
    assert (len(reply.messages), len(press.messages)) == (1, 1)
    assert len(desk.asked) == 3


async def test_what_does_not_work_is_not_shown_to_the_channel(slack: FakeSlack) -> None:
    gone: list[Problem] = []

    async def answer(asker: Asker, request: Request) -> View:
        return gone[0] if gone else await Desk().answer(asker, request)

    async with listening(made(slack, answer), slack):
        brief = await (await slack.command("/brief")).message()
        gone.append(Problem(what="There is no story S-0000.", next="“/brief” shows those there are."))
        problem = await (await slack.press(brief, "Share in channel")).message()
    assert problem.to == "U0ANNA"
    assert slack.posted() == []


async def test_an_answer_longer_than_slack_allows_says_so(slack: FakeSlack) -> None:
    async def answer(_asker: Asker, _request: Request) -> View:
        return Notice(title="Long.", lines=("x " * 30_000,))

    async with listening(made(slack, answer), slack):
        last = await (await slack.command("/nutgraf", "help")).message(5)
    assert "messages longer than Slack lets me post" in last.shown


async def test_a_defect_is_said_kindly_and_ends_nothing(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(_asker: Asker, request: Request) -> View:
        if isinstance(request, BriefRequest):
            raise ZeroDivisionError
        return await Desk().answer(_asker, request)

    async with listening(made(slack, answer), slack):
        failed = await (await slack.command("/brief")).message()
        fine = await (await slack.command("/related", "x")).message()
    assert "went wrong" in failed.shown
    assert "Zero" not in failed.shown
    assert "Nothing is close enough." in fine.shown
    assert slack.bot_token not in caplog.text
