"""The mark of simulated data: a line in the header and light grey words across the page, behind the text."""

from __future__ import annotations

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from duixian.bulletins.rendering.looks import fonts
from duixian.bulletins.rendering.oxml import Element, paragraph

SIMULATED = "模拟数据 / simulated"

# Written the way word processors write their own watermarks (a VML text path), which Word, WPS and LibreOffice all
# draw. The line in the header stays when a program leaves the drawing out, and can be searched and read aloud.
_WATERMARK = """
<w:r {namespaces} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
 <w:rPr><w:noProof/></w:rPr>
 <w:pict>
  <v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
   path="m@7,l@8,m@5,21600l@6,21600e">
   <v:formulas>
    <v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
    <v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
    <v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/>
    <v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>
   </v:formulas>
   <v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
    o:connectangles="270,180,90,0"/>
   <v:textpath on="t" fitshape="t"/>
   <v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>
   <o:lock v:ext="edit" text="t" shapetype="t"/>
  </v:shapetype>
  <v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{shape}" type="#_x0000_t136" alt="{words}"
   style="position:absolute;margin-left:0;margin-top:0;width:520pt;height:62pt;rotation:305;z-index:-251658752;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;
mso-position-vertical:center;mso-position-vertical-relative:margin"
   o:allowincell="f" fillcolor="#dcdcdc" stroked="f">
   <v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" string="{words}"/>
  </v:shape>
 </w:pict>
</w:r>
"""


def simulated_mark(number: int) -> Element:
    """The header paragraph of the n-th header: the words as a line, and the same across the page."""
    xml = _WATERMARK.format(
        namespaces=nsdecls("w"), number=number, shape=2048 + number, words=SIMULATED, font=fonts()["hei"].name
    )
    # Blanks between the elements are layout of this file, and would be text in the document.
    watermark = parse_xml(
        "".join(
            line.strip() if line.strip().startswith("<") else f" {line.strip()}" for line in xml.splitlines()
        ).strip()
    )
    return paragraph("模拟数据标记", SIMULATED, watermark)
