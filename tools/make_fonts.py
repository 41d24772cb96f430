"""Make the fonts in ``bot/pdf/fonts`` from the full ones. Run by hand, when a source changes.

    python tools/make_fonts.py --emoji NotoEmoji_400Regular.ttf

The text fonts come from the Debian package ``fonts-noto-core``; the emoji font, left as it is
where none is given, from the npm package ``@expo-google-fonts/noto-emoji``. Each is cut down to
the blocks that the bot prints, keeps the layout rules that its script needs, and loses its hints:
a PDF is scaled, never fitted to pixels. Needs fonttools (the ``dev`` extra).
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FONTS = Path(__file__).parents[1] / "bot" / "pdf" / "fonts"
NOTO = Path("/usr/share/fonts/truetype/noto")
MATH = NOTO / "NotoSansMath-Regular.ttf"

UNITS_PER_EM = 1000
"""The same for every font, and the unit in which a PDF gives widths."""
JOINERS = "U+200C-200F, U+25CC"
"""What shaping needs beside a script's letters: joiners, marks of direction, dotted circle."""


@dataclass(frozen=True)
class Recipe:
    """One bundled font: its file name, the source's, what is kept of it.

    ``enlarge`` makes up for letters that are smaller, or larger, than the others at the same size.
    ``borrowed`` are characters that the source lacks, out of Noto Sans Math.
    """

    name: str
    source: str
    unicodes: str
    features: str = "*"
    enlarge: float = 1
    borrowed: str = ""


TEXT = [
    Recipe(
        "latin",
        "NotoSans-{weight}.ttf",
        "U+20-7E, U+A0-24F, U+259, U+2B0-36F, U+370-3FF, U+400-45F, U+490-491, U+1E00-1EFF, "
        "U+2000-206F, U+2070-209F, U+20A0-20BF, U+2100-218F, U+25CC, U+FB00-FB06, U+FFFD",
        "ccmp,locl,mark,mkmk,kern",
        # It stands before sums: without it every invoice would carry a font for this one stroke.
        borrowed="\N{MINUS SIGN}",
    ),
    Recipe("devanagari", "NotoSansDevanagari-{weight}.ttf", f"U+20, U+900-97F, {JOINERS}"),
    Recipe(
        "gurmukhi",
        "NotoSansGurmukhi-{weight}.ttf",
        f"U+20, U+964-965, U+A00-A7F, U+262C, {JOINERS}",
    ),
    Recipe(
        "arabic",
        "NotoNaskhArabic-{weight}.ttf",
        # Punctuation too: in text from the right it is one run with its letters.
        f"U+20-2F, U+3A-3B, U+5B-5D, U+AB, U+BB, U+600-6FF, U+750-77F, U+8A0-8FF, U+FDF2, "
        f"U+FDFA-FDFD, {JOINERS}",
        enlarge=1.15,
    ),
]
SYMBOLS = [
    Recipe("math", "NotoSansMath-Regular.ttf", "U+2190-21FF, U+2200-22FF", ""),
    Recipe("symbols", "NotoSansSymbols2-Regular.ttf", "U+2300-23FF, U+25A0-27BF", ""),
]
EMOJI = Recipe(
    "emoji",
    "",
    # What the symbols lack of the older blocks, then pictographs; the rarest blocks are left out,
    # for an emoji's outline is ten times a letter's.
    "U+20E3, U+23EB-23EC, U+23F0, U+2626-2639, U+2648-2653, U+267B-269C, U+26B0-26B1, "
    "U+26CE-26FD, U+2705, U+270A, U+2728, U+274C-2755, U+2795-2797, U+27B0, U+2B05-2B55, "
    "U+1F170-1F19A, U+1F1E6-1F1FF, U+1F300-1F64F, U+1F680-1F6FF, U+1F7E0-1F7EB, "
    "U+1F90C-1F9CC",
    "",
    enlarge=0.85,
)


def borrow(font: TTFont, characters: str) -> None:
    """Copy glyphs from Noto Sans Math, which has the same units, into a font."""
    with TTFont(MATH) as lender:
        drawn = lender.getBestCmap()
        for character in characters:
            name, taken = f"uni{ord(character):04X}", drawn[ord(character)]
            font.setGlyphOrder([*font.getGlyphOrder(), name])
            font["glyf"][name] = lender["glyf"][taken]
            font["hmtx"][name] = lender["hmtx"][taken]
            for table in font["cmap"].tables:
                if table.isUnicode():
                    table.cmap[ord(character)] = name


def make(recipe: Recipe, source: Path, target: Path) -> None:
    options = subset.Options(
        hinting=False,
        layout_features=[tag for tag in recipe.features.split(",") if tag],
        name_IDs=[0, 1, 2, 5, 6, 13, 14],
        notdef_outline=True,
        glyph_names=False,
        recalc_timestamp=False,
    )
    options.drop_tables += ["STAT", "MATH", "meta", "gasp", "vhea", "vmtx"]
    with TTFont(source, recalcTimestamp=False) as font:
        borrow(font, recipe.borrowed)
        subsetter = subset.Subsetter(options)
        subsetter.populate(
            unicodes=subset.parse_unicodes(recipe.unicodes.replace(", ", ",")),
            text=recipe.borrowed,
        )
        subsetter.subset(font)
        scale_upem(font, round(UNITS_PER_EM * recipe.enlarge))
        font["head"].unitsPerEm = UNITS_PER_EM
        font.save(target)
        version = font["name"].getDebugName(5).split(";")[0]
    print(f"{target.name:24} {target.stat().st_size:7} bytes  {source.name}, {version}")  # noqa: T201 - a tool's output


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the fonts that the PDFs are set in.")
    parser.add_argument("--emoji", type=Path, help="NotoEmoji_400Regular.ttf")
    parser.add_argument("--noto", type=Path, default=NOTO, help="folder of Debian's Noto fonts")
    arguments = parser.parse_args()
    for recipe in TEXT:
        for weight in ("Regular", "Bold"):
            source = arguments.noto / recipe.source.format(weight=weight)
            make(recipe, source, FONTS / f"{recipe.name}-{weight.lower()}.ttf")
    for recipe in SYMBOLS:
        make(recipe, arguments.noto / recipe.source, FONTS / f"{recipe.name}-regular.ttf")
    if arguments.emoji:
        make(EMOJI, arguments.emoji, FONTS / f"{EMOJI.name}-regular.ttf")


if __name__ == "__main__":
    main()
