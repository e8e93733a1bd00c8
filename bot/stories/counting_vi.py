"""What news counts in Vietnamese, and the phrases that say so; see `bot.stories.counting`."""

from __future__ import annotations

import re
from types import MappingProxyType

from bot.stories.phrases import Phrases, numbers

_VIETNAMESE_NUMBERS = numbers(2, "hai ba bốn năm sáu bảy tám chín mười")
_NGUOI = r"(?:\s+(?P<whom>người|nạn nhân|hành khách|ngôi nhà|căn nhà|nhà))"

VIETNAMESE = Phrases(
    counted=MappingProxyType(
        {
            "killed": (
                r"<N><W>(?:\s+(?:đã|bị|được xác nhận))?\s+(?:chết|thiệt mạng|tử vong|tử nạn|mất mạng)",
                r"\bsố (?:người chết|người thiệt mạng|nạn nhân tử vong)\s+(?:\w+\s+){0,4}?(?:lên|là)\s+<N>",
                r"(?:khiến|làm)\s+<N><W>\s+(?:chết|thiệt mạng|tử vong)",
            ),
            "injured": (r"<N><W>(?:\s+(?:khác|đã))*\s+(?:bị thương|bị trọng thương)",),
            "missing": (r"<N><W>(?:\s+(?:khác|vẫn còn|còn|đang|bị))*\s+mất tích",),
            "arrested": (r"bắt giữ\s+<N><W>",),
            "rescued": (r"(?:giải cứu|cứu được|cứu sống)\s+<N><W>",),
            "evacuated": (r"(?:sơ tán|di dời)\s+<N><W>", r"<N><W>\s+(?:đã |phải )*(?:sơ tán|di dời)"),
            "aboard": (r"(?:chở theo|chở)\s+<N><W>", r"<N><W>\s+trên (?:tàu|máy bay|xe)"),
            "damage": (r"thiệt hại\s+(?:\w+\s+){0,4}?<M>",),
            "magnitude": (r"\bđộ lớn\s+<N>", r"<N>\s+độ [Rr]ichter"),
        }
    ),
    about=r"ít nhất|hơn|khoảng|gần|trên|tối thiểu|tới|lên tới",
    words=MappingProxyType(_VIETNAMESE_NUMBERS),
    scales=MappingProxyType({"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}),
    whom=_NGUOI,
    people=frozenset({"", "người", "nạn nhân"}),
    elsewhere=re.compile(
        r"(?:năm ngoái|năm trước|trước đây|mỗi|hàng năm|trung bình|vụ khác|tương tự)", re.IGNORECASE
    ),
    unreal=re.compile(r"(?:nếu|có thể|sẽ|không|chưa)", re.IGNORECASE),
    clause=re.compile(r";|,\s(?:nhưng|còn|và)\s|\snhưng\s", re.IGNORECASE),
    part=re.compile(r"(?:trong số|trong tổng số)\s*$", re.IGNORECASE),
    units=frozenset(("lần", "năm", "tháng", "ngày", "giờ", "phút", "km", "mét")),
    months=re.compile(r"(?!)()"),
    decimal=",",
    money=MappingProxyType({"đồng": "dong", "usd": "dollars", "đô la": "dollars", "euro": "euros"}),
)
