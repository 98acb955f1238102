#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <utility>

#include "render/parts.hpp"
#include "render/reporting.hpp"

namespace battlemap::render {
namespace {

std::string year_text(const Scene& scene) {
  return scene.english_only() ? std::to_string(scene.year) : fmt::format("{} 年", scene.year);
}

std::string subtitle_text(const Scene& scene, geo::Language language) {
  const bool en = language == geo::Language::en;
  std::string line = said_subtitle(scene).in(language);
  if (scene.indicator != nullptr && !scene.indicator->unit.empty()) {
    const std::string& unit = scene.indicator->unit.in(language);
    line += fmt::format("{}{}", en ? " · Unit: " : " · 单位:", unit);
  }
  return line + (en ? fmt::format(" · by {}", geo::level_id(scene.level))
                    : fmt::format(" · 分{}", geo::level_name_zh(scene.level)));
}

std::string projection_name(const std::string& definition, geo::Language language) {
  struct Known {
    std::string_view id, zh, en;
  };
  static constexpr std::array<Known, 8> known{{
      {"aea", "阿尔伯斯等积圆锥投影", "Albers equal-area conic"},
      {"laea", "兰勃特等积方位投影", "Lambert azimuthal equal-area"},
      {"lcc", "兰勃特正形圆锥投影", "Lambert conformal conic"},
      {"tmerc", "横轴墨卡托(高斯-克吕格)投影", "transverse Mercator (Gauss-Krüger)"},
      {"utm", "通用横轴墨卡托投影", "universal transverse Mercator"},
      {"cea", "等积圆柱投影", "equal-area cylindrical"},
      {"merc", "墨卡托投影", "Mercator"},
      {"eqc", "等距圆柱投影", "equidistant cylindrical"},
  }};
  for (const Known& k : known)
    if (definition.find(fmt::format("+proj={} ", k.id)) != std::string::npos)
      return std::string(language == geo::Language::en ? k.en : k.zh);
  return definition;
}

bool shows_generated(const Scene& scene) {
  const auto& tables = scene.atlas.dataset.records.tables;
  if (scene.map.is_board() && std::any_of(tables.begin(), tables.end(), [](const geo::RecordTable& t) {
        return t.loaded && t.provenance == geo::Provenance::generated;
      }))
    return true;
  if (scene.indicator == nullptr) return false;
  return scene.cells->generated || scene.indicator->provenance == geo::Provenance::generated;
}

bool shows_schematic(const Scene& scene) {
  const auto& sources = scene.atlas.dataset.project.boundaries;
  return std::any_of(sources.begin(), sources.end(),
                     [&](const geo::BoundarySource& s) { return s.level == scene.level && s.schematic; });
}

/// 演示数据 · 示意边界: what may not be taken for a survey.
std::string caution(const Scene& scene, geo::Language language) {
  const geo::Project& project = scene.atlas.dataset.project;
  std::string text;
  const auto add = [&](const geo::Text& part) {
    if (part.empty()) return;
    text += (text.empty() ? "" : " · ") + part.in(language);
  };
  if (shows_generated(scene)) add(project.generated_note);
  if (shows_schematic(scene)) add(project.schematic_note);
  return text;
}

/// 1, 2 or 5 times a power of ten metres, the longest that is at most `most`.
double round_length(double most) {
  const double power = std::pow(10.0, std::floor(std::log10(most)));
  for (const double m : {5.0, 2.0})
    if (m * power <= most) return m * power;
  return power;
}

void draw_scale(const Scene& scene, const TextEngine& text, Vec2 left, float most_px, double metres_per_px,
                Layer& layer) {
  const Layout& l = scene.layout;
  const double length = round_length(most_px * metres_per_px);
  const auto px = static_cast<float>(length / metres_per_px);
  const Colour ink = scene.theme.text;
  const float tick = l.px(6), width = std::max(1.0F, l.px(1.6));
  layer.items.emplace_back(LineItem{
      {{left.x, left.y - tick}, left, {left.x + px, left.y}, {left.x + px, left.y - tick}}, width, ink});
  layer.items.emplace_back(
      LineItem{{{left.x + px / 2, left.y - tick * 0.6F}, {left.x + px / 2, left.y}}, width, ink});
  const bool km = length >= 1000;
  const std::string_view unit = scene.english_only() ? (km ? "km" : "m") : (km ? "公里" : "米");
  TextStyle style = type_style(scene, type_small, scene.theme.text_muted);
  const std::string full = fmt::format("{} {}", geo::format_number(km ? length / 1000 : length, 0), unit);
  layer.items.emplace_back(TextItem{"0", {left.x, left.y - tick - l.px(6)}, style});
  const float wide = text.width(full, style);
  layer.items.emplace_back(
      TextItem{full, {left.x + px - std::min(wide, px - l.px(14)), left.y - tick - l.px(6)}, style});
}

/// A projection that one thread at a time uses.
struct SharedProjection {
  std::mutex mutex;
  std::unique_ptr<geo::Projection> projection;
};

/// Kept for the next sheet: to make one takes longer than all the rest of a sheet. `use`: gets it alone.
template <class Use>
auto with_projection(const geo::Project& project, const Use& use) {
  static SharedProjection& kept = *new SharedProjection;  // for as long as the process lives: PROJ may end before our statics do
  const std::lock_guard lock(kept.mutex);
  if (!kept.projection || kept.projection->definition() != project.projection)
    kept.projection = std::make_unique<geo::Projection>(project.projection);
  return use(std::as_const(*kept.projection));
}

Vec2 turned(Vec2 centre, float along, float across, double angle) {
  const auto s = static_cast<float>(std::sin(angle)), c = static_cast<float>(std::cos(angle));
  // `along` points to true north: up on the sheet turned counter-clockwise by `angle`.
  return {centre.x - along * s + across * c, centre.y - along * c - across * s};
}

void draw_north(const Scene& scene, const TextEngine& text, Vec2 centre, double angle, Layer& layer) {
  const float h = scene.layout.px(20), w = scene.layout.px(9);
  const Vec2 tip = turned(centre, h, 0, angle), notch = turned(centre, -h * 0.45F, 0, angle);
  layer.items.emplace_back(ConvexItem{{tip, turned(centre, -h, -w, angle), notch}, scene.theme.text});
  layer.items.emplace_back(ConvexItem{{tip, notch, turned(centre, -h, w, angle)},
                                      mix(scene.theme.ground, scene.theme.text_muted, 0.7)});
  const TextStyle style = type_style(scene, type_small, scene.theme.text, Weight::bold);
  const TextBlock block = make_block(text, {{scene.english_only() ? "N" : "北", style}});
  add_block(layer, block, turned(centre, h + block.height / 2, 0, angle));
}

}  // namespace

TextBlock::Line fit_line(const TextEngine& text, std::string line, TextStyle style, float width,
                         float least) {
  const float wide = text.width(line, style);
  // Advances are not quite proportional to the size: a hair less, or the last letters would be cut.
  if (wide > width)
    style.size = std::max({least, style.size * 0.6F, style.size * width / wide * 0.985F});
  if (text.width(line, style) > width) {
    std::vector<std::string> points = code_points(line);
    while (points.size() > 1 && text.width(line, style) > width) {
      points.pop_back();
      line.clear();
      for (const std::string& p : points) line += p;
      line += "…";
    }
  }
  return {line, style, text.width(line, style)};
}

TextStyle type_style(const Scene& scene, double units, Colour colour, Weight weight) {
  TextStyle style;
  style.size = scene.layout.type(units);
  style.colour = colour, style.weight = weight;
  return style;
}

const geo::Text& said_subtitle(const Scene& scene) {
  if (!scene.map.subtitle.empty() || scene.indicator == nullptr) return scene.map.subtitle;
  return scene.indicator->definition;
}

std::string title_text(const Scene& scene) {
  return fmt::format("{} · {} · {}", scene.text(scene.map.title), scene.place_name(), year_text(scene));
}

void add_title(const Scene& scene, const TextEngine& text, Layer& layer) {
  const Layout& l = scene.layout;
  const float width = l.title.w;
  const auto title =
      fit_line(text, title_text(scene), type_style(scene, type_title, scene.theme.text, Weight::bold), width);
  layer.items.emplace_back(TextItem{title.text, {l.title.x, l.px(56)}, title.style});
  const float room = width - title.width - l.px(24);
  if (scene.both() && room > l.px(120) && !scene.map.title.en.empty()) {
    const auto english =
        fit_line(text, scene.map.title.en, type_style(scene, type_head, scene.theme.text_muted), room);
    layer.items.emplace_back(
        TextItem{english.text, {l.title.x + title.width + l.px(24), l.px(56)}, english.style});
  }
  const TextStyle body = type_style(scene, type_body, scene.theme.text_muted);
  const auto language = scene.english_only() ? geo::Language::en : geo::Language::zh;
  const auto subtitle = fit_line(text, subtitle_text(scene, language), body, width);
  layer.items.emplace_back(TextItem{subtitle.text, {l.title.x, l.px(90)}, subtitle.style});
  if (!scene.both()) return;
  const auto second = fit_line(text, subtitle_text(scene, geo::Language::en),
                               type_style(scene, type_small, scene.theme.text_muted), width);
  layer.items.emplace_back(TextItem{second.text, {l.title.x, l.px(116)}, second.style});
}

std::vector<std::string> foot_texts(const Scene& scene, geo::Language language) {
  const geo::Project& project = scene.atlas.dataset.project;
  const bool en = language == geo::Language::en;
  std::vector<std::string> texts;
  const geo::Text* indicator = scene.indicator == nullptr ? nullptr : &scene.indicator->source;
  for (const geo::Text* part : {&project.source_line, indicator, &project.data_date})
    if (part != nullptr && !part->empty()) texts.push_back(part->in(language));
  texts.push_back((en ? "Projection: " : "投影:") + projection_name(project.projection, language));
  const std::string none = en ? "none" : "未提供";
  texts.push_back((en ? "Map approval number: " : "审图号:") +
                  (project.approval_number.empty() ? none : project.approval_number));
  const geo::Text& audience = geo::audience_note(scene.atlas.dataset.audience);
  if (!audience.empty()) texts.push_back(audience.in(language));
  if (const std::string note = caution(scene, language); !note.empty()) texts.push_back(note);
  return texts;
}

std::vector<geo::Language> said_languages(const Scene& scene) {
  if (scene.both()) return {geo::Language::zh, geo::Language::en};
  return {scene.main_language()};
}

std::vector<std::string> note_texts(const Scene& scene, geo::Language language) {
  const CellCounts& counts = scene.cells->counts;
  std::vector<std::string> notes;
  const auto add = [&](const geo::Text& note, bool applies) {
    if (applies && !note.empty()) notes.push_back(note.in(language));
  };
  add(scene.map.no_data_note, counts.no_data > 0);
  add(scene.map.not_applicable_note, counts.not_applicable > 0);
  add(scene.map.note, true);
  add(few_reported_note(scene), true);
  if (scene.scheme->kind == FillKind::clusters)
    add({fmt::format("局部莫兰指数;共边为邻,{} 次条件置换,p ≤ {}。", scene.map.fill->permutations,
                     scene.map.fill->significance),
         fmt::format("Local Moran's I; neighbours share a border; {} conditional permutations, p ≤ {}.",
                     scene.map.fill->permutations, scene.map.fill->significance)},
        true);
  return notes;
}

namespace {

/// The foot's paragraphs, broken into lines.
std::vector<std::string> foot_lines(const Scene& scene, const TextEngine& text, const TextStyle& style,
                                    float width, bool with_notes) {
  std::vector<std::string> lines;
  for (const geo::Language said : said_languages(scene)) {
    std::vector<std::string> parts = foot_texts(scene, said);
    if (!caution(scene, said).empty()) parts.pop_back();  // stands apart, on the right
    if (with_notes)
      for (std::string& note : note_texts(scene, said)) parts.push_back(std::move(note));
    for (std::string& line : wrap_text(text, fmt::format("{}", fmt::join(parts, "  ·  ")), style, width))
      lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

void add_foot(const Scene& scene, const TextEngine& text, bool with_notes, Layer& layer) {
  const Layout& l = scene.layout;
  std::string note = caution(scene, scene.main_language());
  if (scene.both() && !note.empty()) note += "  " + caution(scene, geo::Language::en);
  TextStyle strong = type_style(scene, type_small, scene.theme.accent, Weight::bold);
  const float most = l.foot.w * static_cast<float>(1 - foot_note_share) * 1.6F;
  if (const float wide = text.width(note, strong); wide > most)
    strong.size = std::max(Layout::smallest_type, strong.size * most / wide);
  const float note_width = note.empty() ? 0 : text.width(note, strong);
  TextStyle small = type_style(scene, type_foot, scene.theme.text_muted);
  const float edge = l.px(16);
  auto lines = foot_lines(scene, text, small, l.foot.w - note_width - l.px(32), with_notes);
  const auto most_lines = static_cast<std::size_t>(std::max(1.0F, (l.foot.h - edge) / (small.size * 1.05F)));
  if (lines.size() > most_lines) {
    lines.resize(most_lines);
    lines.back() += "…";
  }
  const float height = std::min(small.size * static_cast<float>(foot_leading),
                                (l.foot.h - edge) / static_cast<float>(lines.size()));
  float baseline = l.foot.bottom() - edge - height * static_cast<float>(lines.size() - 1);
  if (!note.empty())
    layer.items.emplace_back(TextItem{note, {l.foot.right() - note_width, l.foot.bottom() - edge}, strong});
  for (const std::string& line : lines) {
    layer.items.emplace_back(TextItem{line, {l.foot.x, baseline}, small});
    baseline += height;
  }
}

void add_page_number(const Scene& scene, const TextEngine& text, Layer& layer) {
  if (scene.request.page.empty()) return;
  const Layout& l = scene.layout;
  const TextStyle style = type_style(scene, type_small, scene.theme.text_muted, Weight::bold);
  const float right = l.sheet.w - std::max(l.sheet.w - l.title.right(), l.px(24));
  layer.items.emplace_back(
      TextItem{scene.request.page, {right - text.width(scene.request.page, style), l.px(24)}, style});
}

void prepare_projection(const geo::Project& project) {
  with_projection(project, [](const geo::Projection&) {});
}

void add_scale_and_north(const Scene& scene, const TextEngine& text, Layer& layer) {
  const Layout& l = scene.layout;
  const auto [ground, convergence] = with_projection(scene.atlas.dataset.project, [&](const geo::Projection& projection) {
    return std::pair{projection.ground_metres_per_unit(scene.view.centre), projection.convergence(scene.view.centre)};
  });
  const bool in_map = l.scale_bar.w > 0;
  const Rect& at = in_map ? l.scale_bar : l.legend;
  if (in_map) layer.items.emplace_back(RectItem{at, l.px(4), scene.theme.ground});
  const float pad = in_map ? l.px(16) : 0;
  const float most = std::min(l.px(170), at.w * 0.6F);
  const float bottom = at.bottom() - l.px(in_map ? 14 : 10);
  const float left = l.portrait && !in_map ? at.right() - l.px(250) : at.x + pad;
  if (ground.x > 0)
    draw_scale(scene, text, {left, bottom}, most, scene.view.metres_per_pixel * ground.x, layer);
  draw_north(scene, text, {at.right() - l.px(18) - pad / 2, bottom - l.px(in_map ? 13 : 22)},
             convergence, layer);
}

}  // namespace battlemap::render
