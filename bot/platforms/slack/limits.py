"""Slack's limits, each with the page it stands on; lengths are UTF-16 units, the largest possible count."""

from __future__ import annotations

from typing import Final

# https://docs.slack.dev/reference/block-kit/blocks
BLOCKS: Final = 50
"""Blocks in one message."""

# Undocumented: 9,597 characters were accepted and 11,341 refused as msg_blocks_too_long.
MESSAGE_TEXT: Final = 9_500
"""Characters of all strings in one message's blocks."""

# https://docs.slack.dev/reference/block-kit/composition-objects/text-object
TEXT: Final = 3_000
"""Characters of any text object, counted after escaping; at least 1."""

# https://docs.slack.dev/reference/block-kit/blocks/header-block
HEADER: Final = 150

# https://docs.slack.dev/reference/block-kit/blocks/context-block
CONTEXT_ELEMENTS: Final = 10

# https://docs.slack.dev/reference/block-kit/block-elements/button-element
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
ACTION_ID: Final = 255

# https://docs.slack.dev/reference/methods/chat.postMessage (text over 4,000 characters should not be sent)
FALLBACK: Final = 3_900
"""Characters of the text shown in notifications and read aloud by screen readers."""

# https://docs.slack.dev/reference/block-kit/block-elements/button-element (the longest URL that Slack states)
URL: Final = 3_000

# https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
RESPONSE_URL_USES: Final = 5
"""How many messages may be posted to one response_url, within 30 minutes."""

# https://docs.slack.dev/authentication/verifying-requests-from-slack
SIGNATURE_AGE_S: Final = 300

# https://docs.slack.dev/reference/methods/conversations.history
HISTORY_PAGE: Final = 200
