"""Web pages of governments: the document with its fields, without the site around it."""

from pathlib import Path

import pytest

from duixian.reading import TooLargeError, read
from tests.reading.formats.reading import lines, opened, rows

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>云泽市2026年重点工作-云泽市人民政府网</title>
<meta name="ArticleTitle" content="云泽市人民政府办公室关于印发2026年重点工作责任分解的通知">
<script>document.write("<p>脚本</p>")</script><style>p {{ color: red }}</style></head><body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li>
<li><a href="/b">走进云泽</a></li><li><a href="/c">互动交流</a></li></ul></div>
<div class="crumbs">当前位置:<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 政府文件</div>
<table class="xxgk">
<tr><td>索 引 号：</td><td>00301845X/2026-00127</td><td>发布机构</td><td>云泽市人民政府办公室</td></tr>
<tr><td>发布日期：</td><td>2026-02-03 09:18</td><td>文号</td><td>云政办发〔2026〕6号</td></tr></table>
<div class="info">浏览次数：<span>1876</span> 次 字号：【大 中 小】 <a href="#">打印</a> <a href="#">关闭</a></div>
<div id="zoom"><p>&nbsp;&nbsp;&nbsp;各县（市、区）人民政府：</p>
<p>　　现将<b>《责任分解》</b>印发给你们，
   请认真落实。</p>
<p>一、市发改委（1项）</p><p>1.新增贷款400&#20159;元以上，A&amp;B项目6月底前开工。</p>
<table border="1"><tr><th rowspan="2">序号</th><th rowspan="2">任务</th><th colspan="2">目标</th></tr>
<tr><th>上半年</th><th>全年</th></tr>
<tr><td>1</td><td><p>新建学校3所。</p><p>改造5所。</p></td><td rowspan="2">开工</td><td>完工</td></tr>
<tr><td>2</td><td>修渠<br>8公里</td><td></td></tr></table>
<p style="display:none">看不见的</p></div>
<div class="share">分享到：<a href="#">微信</a></div><div>扫一扫在手机打开当前页</div>
<div class="xgjd"><h3>相关解读</h3><ul><li><a href="#">一图读懂2026年重点工作</a></li></ul></div>
<footer><p>主办：云泽市人民政府 晋公网安备 14040202000002号</p></footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "gb2312"])
def test_a_page_is_its_document_and_its_fields(tmp_path: Path, charset: str) -> None:
    data = PAGE.format(charset=charset).encode("gb18030" if charset.startswith("gb") else charset)
    source = opened(tmp_path, "页.html", data)
    assert lines(source) == [
        "标题:云泽市人民政府办公室关于印发2026年重点工作责任分解的通知",
        "索 引 号:00301845X/2026-00127",
        "发布机构:云泽市人民政府办公室",
        "发布日期:2026-02-03 09:18",
        "文号:云政办发〔2026〕6号",
        "各县（市、区）人民政府：",
        "现将《责任分解》印发给你们，请认真落实。",
        "一、市发改委（1项）",
        "1.新增贷款400亿元以上，A&B项目6月底前开工。",
    ]
    assert [rows(table) for table in source.tables] == [
        [
            ["序号", "任务", "目标", "目标"],
            ["序号", "任务", "上半年", "全年"],
            ["1", "新建学校3所。/改造5所。", "开工", "完工"],
            ["2", "修渠/8公里", "开工", ""],
        ]
    ]


def test_a_page_without_a_declared_encoding_and_one_that_declares_a_wrong_one(tmp_path: Path) -> None:
    body = "<p>新增贷款400亿元以上,全面推进乡村振兴和重点项目建设。</p>"
    assert lines(opened(tmp_path, "a.htm", body.encode("gb18030"))) == [body[3:-4]]
    wrong = f'<meta charset="gbk">{body}'
    assert lines(opened(tmp_path, "b.htm", wrong.encode())) == [body[3:-4]]
    assert lines(opened(tmp_path, "c.htm", b"\xff\xfe" + body.encode("utf-16-le"))) == [body[3:-4]]


def test_pages_laid_out_by_tables_are_read_as_lines(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>左栏</td><td><table><tr><td><p>1.新建学校3所。</p></td></tr><tr><td><p>2.修渠8公里。</p></td></tr>"
        "</table></td></tr></table>"
    )
    source = opened(tmp_path, "a.html", page)
    assert lines(source) == ["左栏", "1.新建学校3所。", "2.修渠8公里。"]
    assert not source.tables


def test_numbers_that_a_browser_prints_before_list_items_are_there(tmp_path: Path) -> None:
    page = (
        "<ol start=3><li>新建学校3所。</li><li>4.修渠8公里。<ul><li>细目</li></ul></li><li><p>建桥1座。</p></li></ol>"
    )
    assert lines(opened(tmp_path, "a.html", page)) == ["3. 新建学校3所。", "4.修渠8公里。", "细目", "5. 建桥1座。"]


def test_headings_keep_their_depth(tmp_path: Path) -> None:
    source = opened(tmp_path, "a.html", "<h1>总标题</h1><h3>一、工业<br>发展</h3><p>正文。</p>")
    assert [(line.text, line.level) for line in source.lines] == [
        ("总标题", 1),
        ("一、工业", 3),
        ("发展", 3),
        ("正文。", 0),
    ]


def test_furniture_by_name_is_kept_where_the_document_stands_in_it(tmp_path: Path) -> None:
    # some sites call the whole middle of the page "search" or "print"
    page = "<div class='print'>" + "<p>1.新增贷款400亿元以上,全面推进乡村振兴。</p>" * 5 + "</div>"
    assert len(lines(opened(tmp_path, "a.html", page))) == 5


@pytest.mark.parametrize("depth", [200, 1_000])
def test_nested_lists(tmp_path: Path, depth: int) -> None:
    page = "<ul><li>" * depth + "1.新建学校3所。" + "</li></ul>" * depth + "<p>末段</p>"
    assert lines(opened(tmp_path, "a.html", page)) == ["1.新建学校3所。", "末段"]


def test_nesting_beyond_reason_is_told_and_not_cut_silently(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="嵌套过深"):
        opened(tmp_path, "a.html", "<div>" * 30_000 + "任务" + "</div>" * 30_000)


def test_spans_of_absurd_width_do_not_fill_the_memory(tmp_path: Path) -> None:
    page = "<table>" + "<tr><td colspan=99999 rowspan=99999>甲</td><td>乙</td></tr>" * 3 + "</table>"
    assert opened(tmp_path, "a.html", page).tables[0].width <= 3_100


def test_a_list_on_a_page_is_read_with_its_head(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(charset="utf-8"), "utf-8")
    reading = read(tmp_path / "a.html")
    assert reading.document.index_number == "00301845X/2026-00127"
    assert reading.document.doc_number == "云政办发〔2026〕6号"
    assert str(reading.document.published_on) == "2026-02-03"
