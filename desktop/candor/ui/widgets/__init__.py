"""The few widgets that every screen is made of; README.md shows each in use."""

from candor.ui.widgets.bar import Bar, Legend, Swatch
from candor.ui.widgets.buttons import Button, CheckBox, Chooser, Radio, keys_text, restyle
from candor.ui.widgets.cards import (
    Badge,
    Banner,
    Card,
    EmptyState,
    Facts,
    GroupLabel,
    IconLine,
    LinkRow,
    Note,
)
from candor.ui.widgets.choices import Option, OptionList, Segments
from candor.ui.widgets.drop import DropArea, dropped_paths
from candor.ui.widgets.focus import FocusRing
from candor.ui.widgets.head import PageHead
from candor.ui.widgets.layout import (
    Breadth,
    Columns,
    Content,
    Flow,
    Page,
    Rule,
    Scroll,
    breadth,
    column,
    empty,
    row,
    settle_layout,
)
from candor.ui.widgets.picture import Logo, Picture
from candor.ui.widgets.progress import Progress, Stepper
from candor.ui.widgets.rows_delegate import RowsDelegate
from candor.ui.widgets.rows_model import ColumnSpec, RowsModel
from candor.ui.widgets.rows_view import RowsProxy, RowsView
from candor.ui.widgets.signer import LabelledField, PassphraseField, Signer
from candor.ui.widgets.strip import Box, DayStrip
from candor.ui.widgets.text import Html, Label, RichText, escaped, joined, link, muted, strong

__all__ = [
    "Badge",
    "Banner",
    "Bar",
    "Box",
    "Breadth",
    "Button",
    "Card",
    "CheckBox",
    "Chooser",
    "ColumnSpec",
    "Columns",
    "Content",
    "DayStrip",
    "DropArea",
    "EmptyState",
    "Facts",
    "Flow",
    "FocusRing",
    "GroupLabel",
    "Html",
    "IconLine",
    "Label",
    "LabelledField",
    "Legend",
    "LinkRow",
    "Logo",
    "Note",
    "Option",
    "OptionList",
    "Page",
    "PageHead",
    "PassphraseField",
    "Picture",
    "Progress",
    "Radio",
    "RichText",
    "RowsDelegate",
    "RowsModel",
    "RowsProxy",
    "RowsView",
    "Rule",
    "Scroll",
    "Segments",
    "Signer",
    "Stepper",
    "Swatch",
    "breadth",
    "column",
    "dropped_paths",
    "empty",
    "escaped",
    "joined",
    "keys_text",
    "link",
    "muted",
    "restyle",
    "row",
    "settle_layout",
    "strong",
]
