"""The fixed parts of a Word document: package, styles, numbering, settings, footer. Order of elements as the schema wants it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes",
          "footer1": "footer"}  # fmt: skip

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in _PARTS.items())
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
PACKAGE_RELATIONS = (
    f'{_HEAD}{_RELATIONS}<Relationship Id="rId1" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    _HEAD
    + _RELATIONS
    + "".join(
        f'<Relationship Id="rId{n}" Type="{_KIND}/{kind}" Target="{kind if kind != "footer" else "footer1"}.xml"/>'
        for n, kind in enumerate(("styles", "numbering", "settings", "footnotes", "footer"), 1)
    )
    + "</Relationships>"
)
NUMBERING = (
    f'{_HEAD}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def document(body: str) -> str:
    """Return the main part: A4, with the footer."""
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
    )
    return f"{_HEAD}<w:document {_W} {_R}><w:body>{body}{page}</w:body></w:document>"


def core(title: str, locale: str, created: str) -> str:
    """Return the properties of the document."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Innovatiewijzer</dc:creator><dc:language>{locale}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created></cp:coreProperties>'
    )


def settings(locale: str) -> str:
    """Return the settings."""
    return (
        f'{_HEAD}<w:settings {_W}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{locale}"/></w:settings>'
    )


def footnotes(notes: str) -> str:
    """Return the footnotes after the two lines that separate them from the text."""
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for n, kind, mark in ((-1, "separator", "separator"), (0, "continuationSeparator", "continuationSeparator"))
    )
    return f"{_HEAD}<w:footnotes {_W}>{lines}{notes}</w:footnotes>"


def footer(label: str) -> str:
    """Return the footer: the number of the page behind `label`."""
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    words = f'<w:r><w:t xml:space="preserve">{escape(label)} </w:t></w:r>'
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words}{number}</w:p></w:ftr>'


def styles(locale: str) -> str:
    """Return the styles: those of Word by their own names, so that a house style can take over."""
    ink, quiet = "1B2430", "4D5B6B"

    def style(kind: str, name: str, shown: str, paragraph: str = "", run: str = "", more: str = "") -> str:
        based = "" if name in {"Normal", "DefaultParagraphFont", "TableNormal"} else _based(kind)
        default = ' w:default="1"' if not based else ""
        pieces = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")
        return (
            f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val={quoteattr(shown)}/>{based}'
            f"<w:qFormat/>{pieces}{more}</w:style>"
        )

    def heading(level: int, size: int, before: int) -> str:
        spaced = f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="80"/><w:outlineLvl w:val="{level - 1}"/>'
        return style("paragraph", f"Heading{level}", f"heading {level}", spaced, f'<w:b/><w:color w:val="{ink}"/><w:sz w:val="{size}"/>')

    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{locale}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8493A2"/>' for side in ("top", "bottom", "insideH"))
    table = (
        f'<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    made = (
        style("paragraph", "Normal", "Normal"),
        style("character", "DefaultParagraphFont", "Default Paragraph Font"),
        style("table", "TableNormal", "Normal Table"),
        style("paragraph", "Title", "Title", '<w:spacing w:after="200"/>', f'<w:b/><w:color w:val="{ink}"/><w:sz w:val="40"/>'),
        heading(1, 30, 360), heading(2, 25, 280), heading(3, 23, 200),
        style("paragraph", "ListBullet", "List Bullet", '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/>'),
        style("paragraph", "Quote", "Quote", '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="14506B"/></w:pBdr>'
              '<w:spacing w:after="200"/><w:ind w:left="284"/>'),
        style("paragraph", "Caption", "caption", '<w:keepNext/><w:spacing w:before="120" w:after="60"/>', f'<w:color w:val="{quiet}"/>'),
        style("paragraph", "Footer", "footer", "", f'<w:color w:val="{quiet}"/><w:sz w:val="18"/>'),
        style("paragraph", "FootnoteText", "footnote text", '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>',
              '<w:sz w:val="19"/>'),
        style("character", "FootnoteReference", "footnote reference", "", '<w:vertAlign w:val="superscript"/>'),
        style("table", "MemoTable", "Memo Table", more=table),
    )  # fmt: skip
    return f"{_HEAD}<w:styles {_W}>{defaults}{''.join(made)}</w:styles>"


def _based(kind: str) -> str:
    return f'<w:basedOn w:val="{ {"paragraph": "Normal", "character": "DefaultParagraphFont", "table": "TableNormal"}[kind] }"/>'
