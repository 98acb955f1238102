#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "render/archive_parts.hpp"
#include "render/free_space.hpp"
#include "render/label_text.hpp"

namespace battlemap::render {
namespace {

constexpr double text_share = 0.4;  // of a lying page's width; the map has the rest
constexpr double figure_step = 21;

/// The place a township lies in, as a map without data: where on the ground this archive is about.
class CoverMap {
 public:
  CoverMap(const ArchiveParts& parts, const Page& page, const Rect& frame)
      : parts_(parts), theme_(page.theme()), frame_(frame), unit_(page.pixels(0, 0, 1, 1).w) {
    const geo::DivisionTree& tree = parts.tree();
    const geo::Level place = parts.request.place.level;
    level_ = std::max(place, geo::Level::county);
    around_ = tree.ancestor(parts.request.place, place >= geo::Level::township ? geo::Level::county
                                                                               : geo::Level::province);
  }
  bool is_empty() const {
    return parts_.atlas.dataset.coverage(level_).size() == 0 || parts_.atlas.dataset.extent_of(around_).empty();
  }

  Sheet compose() const {
    Sheet sheet;
    sheet.map = {view(), parts_.atlas.coverage(level_), parts_.atlas.lakes(), style()};
    sheet.layers.push_back(names(sheet.map.view));
    return sheet;
  }

 private:
  View view() const {
    const geo::Box extent = parts_.atlas.dataset.extent_of(around_);
    View view;
    view.frame = {0, 0, frame_.w, frame_.h};
    view.centre = extent.centre();
    view.metres_per_pixel = std::max(extent.width() / frame_.w, extent.height() / frame_.h) * 1.16;
    return view;
  }

  bool within(std::uint32_t cell, geo::DivisionRef place) const {
    const auto& ancestry = parts_.atlas.dataset.coverage(level_).ancestry[cell];
    return ancestry[static_cast<std::size_t>(place.level)] == place.index;
  }

  Colour colour_of(std::uint32_t cell) const {
    if (within(cell, parts_.request.place)) return theme_.accent;
    if (!within(cell, around_)) return theme_.neighbour;
    return mix(theme_.land, theme_.text_muted, theme_.dark ? 0.25 : 0.14);
  }

  MapStyle style() const {
    MapStyle style;
    const std::size_t cells = parts_.atlas.dataset.coverage(level_).size();
    style.fill.resize(cells), style.flags.assign(cells, 0);
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      style.fill[cell] = colour_of(cell);
      if (!within(cell, around_)) style.flags[cell] = cell_muted;
    }
    style.ground = theme_.ground, style.water = theme_.water, style.hatch = theme_.hatch;
    style.accent = theme_.accent, style.hover = theme_.accent;
    constexpr std::array<double, geo::level_count> widths_mm{0.7, 0.5, 0.4, 0.22, 0.1};
    for (std::size_t level = 0; level < widths_mm.size(); ++level) {
      style.outline_width[level] = static_cast<float>(widths_mm[level]) * unit_;
      style.outline_colour[level] = theme_.dark ? theme_.outline[level] : theme_.ground;
    }
    style.outside_colour = theme_.outline[0];
    style.outside_width = 0.5F * unit_;
    return style;
  }

  /// Names of the places beside it, where there is room; its own first.
  Layer names(const View& view) const {
    Layer layer{"names", view.frame, {}};
    FreeSpace space(view.frame, 8 * unit_);
    add_name(view, parts_.request.place, space, layer);
    const geo::Coverage& coverage = parts_.atlas.dataset.coverage(level_);
    for (std::uint32_t cell = 0; cell < coverage.size(); ++cell)
      if (within(cell, around_) && !(coverage.cells[cell] == parts_.request.place))
        add_name(view, coverage.cells[cell], space, layer);
    return layer;
  }

  void add_name(const View& view, geo::DivisionRef ref, FreeSpace& space, Layer& layer) const {
    const geo::Coverage& coverage = parts_.atlas.dataset.coverage(level_);
    const auto at = std::find(coverage.cells.begin(), coverage.cells.end(), ref);
    if (at == coverage.cells.end()) return;
    const auto cell = static_cast<std::size_t>(at - coverage.cells.begin());
    const bool own = ref == parts_.request.place;
    const Colour behind = colour_of(static_cast<std::uint32_t>(cell));
    const LabelColours colours = label_colours(behind);
    TextStyle style;
    style.size = (own ? 6.2F : 3.6F) * unit_;
    style.weight = own ? Weight::bold : Weight::regular;
    style.colour = own ? colours.text : mix(colours.text, behind, 0.25);
    style.halo = colours.halo, style.halo_width = 0.5F * unit_;
    const TextBlock block = make_block(parts_.text, {{std::string(parts_.tree()[ref].name), style}});
    const Vec2 centre = view.to_pixel(coverage.anchor(cell).at);
    const Rect box = block_box(block, centre);
    if (!space.is_free(box)) return;
    space.take(box);
    add_block(layer, block, centre);
  }

  const ArchiveParts& parts_;
  const Theme& theme_;
  Rect frame_;
  float unit_;  ///< px of a design millimetre
  geo::Level level_ = geo::Level::township;
  geo::DivisionRef around_;
};

class Cover {
 public:
  explicit Cover(const ArchiveParts& parts) : parts_(parts), page_(parts.text, parts.format()) {
    lying_ = page_.width() > page_.height();
    text_wide_ = lying_ ? page_.width() * text_share - archive_margin - 14 : page_.width() - 2 * archive_margin;
  }

  Archive::Composed compose() {
    draw_map();
    page_.layer("cover");
    const double y = draw_title(lying_ ? 62 : page_.height() * 0.5 + 34);
    draw_figures(y);
    draw_foot();
    parts_.describe(page_, parts_.archive.title());
    return {page_.finish(), {}};
  }

 private:
  void draw_map() {
    const Rect frame = lying_ ? page_.pixels(page_.width() * text_share, 0, page_.width() * (1 - text_share),
                                             page_.height())
                              : page_.pixels(0, 0, page_.width(), page_.height() * 0.5);
    const CoverMap map(parts_, page_, frame);
    if (!map.is_empty()) page_.place(map.compose(), frame);
  }

  double draw_title(double y) {
    const std::string name(parts_.tree()[parts_.request.place].name);
    page_.left(page_.say("乡镇规范档案", "TOWNSHIP ARCHIVE"), {15, page_.theme().accent, Weight::bold}, archive_margin,
               y - 26, text_wide_);
    page_.left(name, page_.type(54, Weight::bold), archive_margin, y, text_wide_);
    page_.left(parts_.tree().path(parts_.request.place), page_.quiet(13), archive_margin, y + 12, text_wide_);
    page_.rule(archive_margin, y + 24, 36, 1.4, page_.theme().accent);
    return y + 24;
  }

  void figure(const std::string& number, const std::string& unit, const std::string& label, double x, double y,
              double wide) {
    const double took = page_.left(number, page_.type(30, Weight::bold), x, y, wide);
    page_.left(unit, page_.quiet(11), x + took + 1.6, y, std::max(1.0, wide - took - 1.6));
    page_.left(label, page_.quiet(11), x, y + 6.4, wide);
  }

  /// Numbers of the project's own indicators: how many villages, what the archive holds, how it stands.
  void draw_figures(double top) {
    const double wide = text_wide_ / 2 - 4, right = archive_margin + text_wide_ / 2 + 4;
    double y = top + 27;
    const auto count = [](std::size_t n) { return geo::format_number(static_cast<double>(n), 0); };
    figure(count(parts_.ranked().size()), page_.say("个", ""), page_.say("村", "villages"), archive_margin, y, wide);
    figure(count(parts_.request.villages.size()), page_.say("个", ""),
           page_.say("村有成套图幅", "villages with sheets"), right, y, wide);
    y += figure_step;
    std::vector<std::string> ids{parts_.ranked_by().id};
    if (!parts_.ranked_by().numerator.empty()) ids.push_back(parts_.ranked_by().numerator);
    for (const std::string& id : parts_.request.columns)
      if (parts_.atlas.dataset.statistics.indicator(id).categories.empty()) ids.push_back(id);
    for (std::size_t i = 0; i < std::min<std::size_t>(ids.size(), 4); ++i) {
      draw_indicator(ids[i], i % 2 == 0 ? archive_margin : right, y, wide);
      if (i % 2 == 1) y += figure_step;
    }
  }

  void draw_indicator(const std::string& id, double x, double y, double wide) {
    const geo::Indicator& indicator = parts_.atlas.dataset.statistics.indicator(id);
    const geo::Value value = parts_.atlas.dataset.statistics.value(id, parts_.request.place, parts_.year());
    const bool english = parts_.request.sheet.language == geo::Language::en;
    const std::string said = geo::format_value(value, indicator, english ? geo::Language::en : geo::Language::zh);
    figure(said, value.has_value() ? page_.say(indicator.unit) : "", page_.say(indicator.name), x, y, wide);
  }

  void draw_foot() {
    page_.layer("foot");
    const geo::Project& project = parts_.atlas.dataset.project;
    std::vector<std::string> lines{page_.say(project.source_line), page_.say(project.data_date)};
    const std::string none = page_.say("未提供", "none");
    lines.push_back(page_.say("审图号:", "Map approval number: ") +
                    (project.approval_number.empty() ? none : project.approval_number));
    std::string caution = page_.say(project.generated_note);
    if (!project.schematic_note.empty()) caution += (caution.empty() ? "" : " · ") + page_.say(project.schematic_note);
    const double bottom = page_.height() - 14;
    page_.left(page_.say(fmt::format("{} 年", parts_.year()), std::to_string(parts_.year())),
               page_.type(20, Weight::bold), archive_margin, bottom - 26, text_wide_);
    page_.left(caution, {10, page_.theme().accent, Weight::bold}, archive_margin, bottom - 18, text_wide_);
    std::erase(lines, "");
    page_.paragraph(fmt::format("{}", fmt::join(lines, "  ·  ")), page_.quiet(8.5), archive_margin, bottom - 11,
                    text_wide_, 1.45);
  }

  const ArchiveParts& parts_;
  Page page_;
  bool lying_ = true;
  double text_wide_ = 0;
};

}  // namespace

Archive::Composed ArchiveParts::cover() const {
  return Cover(*this).compose();
}

}  // namespace battlemap::render
