#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "render/archive_parts.hpp"
#include "render/scene.hpp"

namespace battlemap::render {
namespace {

constexpr double ranking_head = 16, total_row = 11;
constexpr double rank_wide = 14, value_wide = 22, parts_wide = 46, column_wide = 34, page_wide = 20;
constexpr double bar_high = 3.6, least_bar = 20, most_bar = 120;

/// Colour of a village on the overview: the table and the map speak one language.
class VillageColours {
 public:
  VillageColours(const Atlas& atlas, SheetRequest request, const MapSpec& overview, geo::DivisionRef place)
      : request_(prepare(std::move(request), overview, place)), scene_(make_scene(atlas, request_)) {
    for (std::uint32_t cell = 0; cell < scene_.coverage().size(); ++cell)
      if (scene_.inside(cell)) cells_.emplace(scene_.coverage().cells[cell].index, cell);
  }
  Colour of(geo::DivisionRef village) const {
    const auto cell = cells_.find(village.index);
    return cell == cells_.end() ? scene_.theme.text_muted : fill_of(scene_, cell->second);
  }

 private:
  static SheetRequest prepare(SheetRequest request, const MapSpec& overview, geo::DivisionRef place) {
    request.map = overview.id, request.place = place, request.level = geo::Level::village;
    return request;
  }
  SheetRequest request_;
  Scene scene_;
  std::unordered_map<std::uint32_t, std::uint32_t> cells_;
};

class RankingPage {
 public:
  RankingPage(const ArchiveParts& parts, std::size_t first)
      : parts_(parts), page_(parts.text, parts.format()), first_(first), indicator_(parts.ranked_by()) {
    if (parts.atlas.dataset.coverage(geo::Level::village).size() > 0)
      colours_.emplace(parts.atlas, parts.request.sheet, parts.overview(), parts.request.place);
    place_columns();
  }

  Archive::Composed compose() {
    const std::string title = page_.say("各村排名", "Ranking of villages");
    const double y = parts_.head(page_, title, remark());
    page_.layer("ranking");
    draw_head(y);
    const std::size_t last =
        std::min(parts_.ranked().size(), first_ + ArchiveParts::ranking_rows(parts_.format()));
    double row_y = y + ranking_head;
    for (std::size_t row = first_; row < last; ++row, row_y += archive_row) draw_row(row, row_y);
    if (last == parts_.ranked().size()) draw_total(row_y + 1);
    const std::size_t page = parts_.first_page(Archive::Part::ranking);
    parts_.foot(page_, page + 1 + first_ / ArchiveParts::ranking_rows(parts_.format()));
    parts_.describe(page_, title);
    return {page_.finish(), std::move(links_)};
  }

 private:
  geo::Value value(const std::string& id, geo::DivisionRef place) const {
    return parts_.atlas.dataset.statistics.value(id, place, parts_.year());
  }
  const geo::Indicator& indicator(const std::string& id) const {
    return parts_.atlas.dataset.statistics.indicator(id);
  }
  std::string shown(const geo::Value& value, const geo::Indicator& of) const {
    const bool english = parts_.request.sheet.language == geo::Language::en;
    return geo::format_value(value, of, english ? geo::Language::en : geo::Language::zh);
  }
  bool is_ratio() const { return indicator_.kind == geo::IndicatorKind::ratio; }

  std::string remark() const {
    std::string said = page_.say(indicator_.name) + page_.say(",", ", ") +
                       page_.say(fmt::format("{} 年,从高到低", parts_.year()),
                                 fmt::format("{}, highest first", parts_.year()));
    if (!indicator_.definition.empty()) said += "  ·  " + page_.say(indicator_.definition);
    return said;
  }

  /// From the right: page, further indicators, numerator and denominator; the name, the value and its bar share
  /// the rest.
  void place_columns() {
    const double room = page_.width() - 2 * archive_margin;
    double right = archive_margin + room;
    page_right_ = right;
    right -= page_wide;
    const double least_left = rank_wide + 40 + value_wide + least_bar + (is_ratio() ? parts_wide : 0);
    columns_ = parts_.request.columns;
    while (!columns_.empty() &&
           right - archive_margin - static_cast<double>(columns_.size()) * column_wide < least_left)
      columns_.pop_back();
    first_column_ = right - static_cast<double>(columns_.size()) * column_wide;
    parts_right_ = first_column_;
    bar_end_ = is_ratio() ? parts_right_ - parts_wide : parts_right_ - 4;
    name_x_ = archive_margin + rank_wide;
    name_wide_ = std::clamp((bar_end_ - name_x_ - value_wide) * 0.4, 36.0, 80.0);
    value_right_ = name_x_ + name_wide_ + value_wide;
    bar_x_ = value_right_ + 3;
    bar_end_ = std::min(bar_end_, bar_x_ + most_bar);
    for (const geo::DivisionRef village : parts_.ranked())
      if (const geo::Value v = value(indicator_.id, village); v.has_value()) most_ = std::max(most_, v.value);
  }

  void draw_head(double y) {
    const double line = y + ranking_head - 2;
    const auto column = [&](const geo::Text& name, const geo::Text& unit, double right, double wide) {
      page_.right(page_.say(name), page_.type(10, Weight::bold), right, line - 6.2, wide);
      page_.right(page_.say(unit), page_.quiet(8.5), right, line - 2, wide);
    };
    page_.right(page_.say("名次", "Rank"), page_.quiet(10), name_x_ - 5, line - 2, rank_wide - 4);
    page_.left(page_.say("村", "Village"), page_.quiet(10), name_x_, line - 2, name_wide_);
    column(indicator_.name, indicator_.unit, value_right_, value_wide + name_wide_ / 2);
    if (is_ratio()) {
      const geo::Indicator& above = indicator(indicator_.numerator);
      const geo::Indicator& below = indicator(indicator_.denominator);
      column({above.name.zh + " / " + below.name.zh, above.name.en + " / " + below.name.en}, above.unit, parts_right_,
             parts_wide + 30);
    }
    for (std::size_t c = 0; c < columns_.size(); ++c)
      column(indicator(columns_[c]).name, indicator(columns_[c]).unit, column_right(c), column_wide - 3);
    page_.right(page_.say("图幅页", "Page"), page_.quiet(10), page_right_, line - 2, page_wide - 2);
    page_.rule(archive_margin, line, page_.width() - 2 * archive_margin, 0.5, page_.theme().text);
  }

  double column_right(std::size_t c) const { return first_column_ + column_wide * static_cast<double>(c + 1); }

  void draw_row(std::size_t row, double y) {
    const geo::DivisionRef village = parts_.ranked()[row];
    const double baseline = y + archive_row * 0.68;
    const geo::Value v = value(indicator_.id, village);
    page_.right(v.has_value() ? std::to_string(place_of(row)) : "", page_.quiet(10), name_x_ - 5, baseline,
                rank_wide - 5);
    page_.left(parts_.village_name(village), page_.type(12, Weight::bold), name_x_, baseline, name_wide_ - 2);
    draw_bar(village, v, y);
    draw_numbers(village, v, baseline, Weight::regular);
    draw_page(village, y, baseline);
    page_.rule(archive_margin, y + archive_row, page_.width() - 2 * archive_margin, 0.15,
               mix(page_.theme().ground, page_.theme().text_muted, 0.35));
  }

  /// Equal values share their place.
  std::size_t place_of(std::size_t row) const {
    const double own = value(indicator_.id, parts_.ranked()[row]).value;
    while (row > 0 && value(indicator_.id, parts_.ranked()[row - 1]).value == own) --row;
    return row + 1;
  }

  void draw_bar(geo::DivisionRef village, const geo::Value& v, double y) {
    if (!v.has_value() || !(most_ > 0) || !(v.value > 0)) return;
    const double wide = (bar_end_ - bar_x_) * v.value / most_, top = y + (archive_row - bar_high) / 2 + 0.3;
    const Colour fill = colours_ ? colours_->of(village) : page_.theme().text_muted;
    // Pale classes need an edge on white.
    page_.box(bar_x_ - 0.12, top - 0.12, wide + 0.24, bar_high + 0.24, mix(fill, page_.theme().text, 0.35));
    page_.box(bar_x_, top, wide, bar_high, fill);
  }

  void draw_numbers(geo::DivisionRef place, const geo::Value& v, double baseline, Weight weight) {
    const auto type = [&](const geo::Value& value) {
      return value.has_value() ? page_.type(12, weight) : page_.quiet(10);
    };
    page_.right(shown(v, indicator_), type(v), value_right_, baseline, value_wide + 10);
    if (is_ratio()) {
      const geo::Value above = value(indicator_.numerator, place), below = value(indicator_.denominator, place);
      const std::string part = shown(above, indicator(indicator_.numerator));
      const std::string whole = shown(below, indicator(indicator_.denominator));
      const bool neither = !above.has_value() && above.status == below.status;  // say it once
      page_.right(neither ? part : part + " / " + whole, neither ? page_.quiet(10) : page_.type(11, weight),
                  parts_right_, baseline, parts_wide);
    }
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const geo::Value other = value(columns_[c], place);
      // The latest year of exit is no total of the villages'.
      const bool adds_up = indicator(columns_[c]).categories.empty();
      if (!adds_up && place == parts_.request.place) continue;
      page_.right(category_or_number(other, indicator(columns_[c])), type(other), column_right(c), baseline,
                  column_wide - 3);
    }
  }

  /// A year of exit is "2017 年退出", not 2,017.
  std::string category_or_number(const geo::Value& v, const geo::Indicator& of) const {
    if (v.has_value()) {
      const auto category = of.categories.find(static_cast<int>(std::lround(v.value)));
      if (category != of.categories.end()) return page_.say(category->second);
    }
    return shown(v, of);
  }

  void draw_page(geo::DivisionRef village, double y, double baseline) {
    const auto& villages = parts_.request.villages;
    const auto at = std::find(villages.begin(), villages.end(), village);
    if (at == villages.end() || parts_.request.boards.empty()) return;
    const std::size_t target = parts_.board_page(static_cast<std::size_t>(at - villages.begin()), 0);
    page_.right(std::to_string(target + 1), page_.type(12), page_right_, baseline, page_wide - 3);
    links_.push_back({page_.pixels(archive_margin, y, page_.width() - 2 * archive_margin, archive_row), target});
  }

  void draw_total(double y) {
    const double baseline = y + total_row * 0.62;
    page_.rule(archive_margin, y - 1, page_.width() - 2 * archive_margin, 0.5, page_.theme().text);
    page_.left(std::string(parts_.tree()[parts_.request.place].name) + page_.say("合计", " total"),
               page_.type(12, Weight::bold), name_x_, baseline, name_wide_ - 2);
    draw_numbers(parts_.request.place, value(indicator_.id, parts_.request.place), baseline, Weight::bold);
  }

  const ArchiveParts& parts_;
  Page page_;
  std::size_t first_;
  const geo::Indicator& indicator_;
  std::optional<VillageColours> colours_;
  std::vector<std::string> columns_;
  std::vector<Archive::Link> links_;
  double page_right_ = 0, first_column_ = 0, parts_right_ = 0, bar_x_ = 0, bar_end_ = 0;
  double name_x_ = 0, name_wide_ = 0, value_right_ = 0, most_ = 0;
};

}  // namespace

std::size_t ArchiveParts::ranking_rows(const PageFormat& format) {
  return archive_rows(format, archive_head + ranking_head + total_row + archive_foot);
}

Archive::Composed ArchiveParts::ranking(std::size_t first) const {
  return RankingPage(*this, first).compose();
}

}  // namespace battlemap::render
