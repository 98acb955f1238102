#include <algorithm>

#include "render/archive_parts.hpp"

namespace battlemap::render {
namespace {

constexpr double front_lines = 3 * 11.0;  // overview and ranking above the table, of the first page
constexpr double number_wide = 12, code_wide = 42;
constexpr double contents_head = 10;

/// Where the columns of the table stand, mm.
struct Columns {
  double number = 0, village = 0, village_wide = 0, code = 0, first_map = 0, map_wide = 0;
};

Columns columns_of(const Page& page, std::size_t maps) {
  Columns c;
  const double room = page.width() - 2 * archive_margin;
  c.number = archive_margin;
  c.village = c.number + number_wide;
  c.village_wide = std::clamp(room * 0.2, 40.0, 90.0);
  c.code = c.village + c.village_wide + 4;
  c.first_map = c.code + code_wide;
  c.map_wide = (archive_margin + room - c.first_map) / static_cast<double>(std::max<std::size_t>(maps, 1));
  return c;
}

/// Draws one page of the contents.
class ContentsPage {
 public:
  ContentsPage(const ArchiveParts& parts, std::size_t first)
      : parts_(parts), page_(parts.text, parts.format()), first_(first),
        columns_(columns_of(page_, parts.request.boards.size())) {}

  Archive::Composed compose() {
    const std::string title = page_.say("目录", "Contents");
    double y = parts_.head(page_, title, remark());
    page_.layer("contents");
    y = draw_front(y);
    if (parts_.request.villages.empty() || parts_.request.boards.empty())
      page_.left(page_.say("没有需要绘制图幅的村。", "No village of this place has sheets."), page_.quiet(13),
                 archive_margin, y + 12, page_.width() - 2 * archive_margin);
    else
      draw_table(y);
    parts_.foot(page_, 2 + first_ / ArchiveParts::contents_rows(parts_.format()));
    parts_.describe(page_, title);
    return {page_.finish(), std::move(links_)};
  }

 private:
  std::string remark() const {
    const auto villages = static_cast<double>(parts_.request.villages.size());
    const auto maps = static_cast<double>(parts_.request.boards.size());
    return page_.say(fmt::format("{} 个村,每村 {} 张图;点击页码直达该图", geo::format_number(villages, 0), maps),
                     fmt::format("{} villages of {} maps each; page numbers are links",
                                 geo::format_number(villages, 0), maps));
  }

  void link(double x, double y, double w, double h, std::size_t target) {
    links_.push_back({page_.pixels(x, y, w, h), target});
  }

  /// A title, dots, and its page.
  double line_to(const std::string& title, double baseline, std::size_t target) {
    const double right = page_.width() - archive_margin;
    const double wide = page_.left(title, page_.type(14), archive_margin, baseline, right - archive_margin - 30);
    for (double x = archive_margin + wide + 5; x < right - 14; x += 3.2)
      page_.box(x, baseline - 0.5, 0.5, 0.5, mix(page_.theme().ground, page_.theme().text_muted, 0.6));
    page_.right(std::to_string(target + 1), page_.type(14, Weight::bold), right, baseline, 14);
    link(archive_margin, baseline - 7, right - archive_margin, 10, target);
    return baseline + 11;
  }

  double draw_front(double y) {
    const std::string overview =
        page_.say(parts_.overview().title) + page_.say(" · 全图", ": overview");
    y = line_to(overview, y + 4, parts_.first_page(Archive::Part::overview));
    return line_to(page_.say("各村排名", "Ranking of villages"), y, parts_.first_page(Archive::Part::ranking));
  }

  void draw_table(double y) {
    draw_head(y);
    y += contents_head;
    const std::size_t last =
        std::min(parts_.request.villages.size(), first_ + ArchiveParts::contents_rows(parts_.format()));
    for (std::size_t row = first_; row < last; ++row, y += archive_row) draw_row(row, y);
  }

  void draw_head(double y) {
    const double baseline = y + 6;
    const PageType type = page_.quiet(10);
    page_.left(page_.say("村", "Village"), type, columns_.village, baseline, columns_.village_wide);
    page_.left(page_.say("代码", "Code"), type, columns_.code, baseline, code_wide);
    for (std::size_t m = 0; m < parts_.request.boards.size(); ++m)
      page_.right(page_.say(find_map(parts_.atlas.maps, parts_.request.boards[m]).title), type, map_right(m), baseline,
                  columns_.map_wide - 3);
    page_.rule(archive_margin, y + contents_head - 1, page_.width() - 2 * archive_margin, 0.5, page_.theme().text);
  }

  double map_right(std::size_t map) const {
    return columns_.first_map + columns_.map_wide * static_cast<double>(map + 1);
  }

  void draw_row(std::size_t row, double y) {
    const geo::DivisionRef village = parts_.request.villages[row];
    const double baseline = y + archive_row * 0.68, width = page_.width() - 2 * archive_margin;
    page_.right(std::to_string(row + 1), page_.quiet(10), columns_.number + 7, baseline, 9);
    page_.left(parts_.village_name(village), page_.type(12, Weight::bold), columns_.village, baseline,
               columns_.village_wide);
    page_.left(parts_.tree()[village].code.text(), page_.quiet(10), columns_.code, baseline, code_wide);
    link(columns_.number, y, columns_.first_map - columns_.number, archive_row, parts_.board_page(row, 0));
    for (std::size_t m = 0; m < parts_.request.boards.size(); ++m) {
      const std::size_t target = parts_.board_page(row, m);
      page_.right(std::to_string(target + 1), page_.type(12), map_right(m), baseline, columns_.map_wide - 3);
      link(map_right(m) - columns_.map_wide + 2, y, columns_.map_wide - 1, archive_row, target);
    }
    page_.rule(archive_margin, y + archive_row, width, 0.15,
               mix(page_.theme().ground, page_.theme().text_muted, 0.35));
  }

  const ArchiveParts& parts_;
  Page page_;
  std::size_t first_;
  Columns columns_;
  std::vector<Archive::Link> links_;
};

}  // namespace

std::size_t ArchiveParts::contents_rows(const PageFormat& format) {
  return archive_rows(format, archive_head + front_lines + contents_head + archive_foot);
}

Archive::Composed ArchiveParts::contents(std::size_t first) const {
  return ContentsPage(*this, first).compose();
}

}  // namespace battlemap::render
