"""What can make the platform useless for good, in a sentence for whoever runs it."""

from __future__ import annotations


class SlackRefusedError(Exception):
    """Slack refuses this app; retrying does not help.

    Attributes:
        error: Slack's own code; "" when the fault was found before asking.
        what: a sentence: what happened, and what to do next.
    """

    def __init__(self, what: str, error: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.error = error


# https://docs.slack.dev/reference/methods/auth.test and apps.connections.open, "Errors"
WHAT_TO_DO = {
    "invalid_auth": "it is not a token of this workspace's app. Copy it again from the app's settings.",
    "not_authed": "it is empty. Copy it from the app's settings.",
    "account_inactive": "the app was removed from the workspace. Install it again and copy the new token.",
    "token_revoked": "it was revoked. Install the app again and copy the new token.",
    "token_expired": "it has expired. Install the app again and copy the new token.",
    "not_allowed_token_type": "it is of another kind. Bot tokens begin with xoxb-, app tokens with xapp-.",
    "missing_scope": "it lacks a right. The app-level token needs connections:write.",
    "no_permission": "its owner may not do this. Ask a workspace administrator.",
    "forbidden_team": "this workspace may not use Socket Mode. Set SLACK_MODE=http.",
    "access_denied": "its owner may not do this. Ask a workspace administrator.",
}


def refused(variable: str, error: str) -> SlackRefusedError | None:
    """Return the fault behind an error of Slack's; None when the error may pass by itself.

    Args:
        variable: the setting that holds the refused token.
        error: Slack's code.
    """
    what = WHAT_TO_DO.get(error)
    return SlackRefusedError(f"Slack refuses {variable} ({error}): {what}", error) if what else None
