#include <fmt/core.h>

#include <charconv>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "app/class_choice.hpp"
#include "app/command.hpp"
#include "app/common_options.hpp"
#include "app/data_origin.hpp"
#include "app/language.hpp"
#include "app/paper_size.hpp"
#include "geo/error.hpp"
#include "geo/timeline.hpp"
#include "render/compose.hpp"
#include "render/painter.hpp"
#include "render/print_document.hpp"

namespace battlemap::app {
namespace {

constexpr int least_side = 64;
constexpr int most_side = 65500;
constexpr double paper_dpi = 300;  // of sheets of a paper size when none is asked for
constexpr double least_dpi = 10, most_dpi = 2400;
constexpr double large_picture = 4e6;  // pixels; from here on a progress line is welcome

struct Options {
  std::filesystem::path project, out;
  std::string map, place, level, theme = "paper", language = "zh", audience, size, paper, palette, effort = "fast", engine = "auto";
  std::optional<int> year;
  ClassChoice classes;
  std::optional<double> dpi;
  bool landscape = false, timings = false;
};

enum class FileKind { png, print };

std::pair<int, int> parse_size(const std::string& text) {
  int width = 0, height = 0;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, width);
  bool good = first.ec == std::errc{} && first.ptr != end && (*first.ptr == 'x' || *first.ptr == 'X');
  if (good) {
    const auto second = std::from_chars(first.ptr + 1, end, height);
    good = second.ec == std::errc{} && second.ptr == end;
  }
  const auto fits = [](int side) { return side >= least_side && side <= most_side; };
  if (!good || !fits(width) || !fits(height))
    throw geo::UsageError(
        fmt::format("--size '{}': write WIDTHxHEIGHT in pixels, each {} to {}, e.g. 3840x2160", text,
                    least_side, most_side));
  return {width, height};
}

FileKind kind_of(const std::filesystem::path& out) {
  const auto extension = out.extension();
  if (extension == ".png") return FileKind::png;
  if (extension == ".pdf" || extension == ".svg") return FileKind::print;
  throw geo::UsageError(fmt::format(
      "--out '{}': pictures are written as PNG, PDF or SVG; let the name end in .png, .pdf or .svg", out.string()));
}

void check_file(const std::filesystem::path& out) {
  kind_of(out);
  const std::filesystem::path folder = out.has_parent_path() ? out.parent_path() : ".";
  if (!std::filesystem::is_directory(folder))
    throw geo::UsageError(
        fmt::format("--out '{}': there is no folder {}; make it first", out.string(), folder.string()));
}

render::ClassOverride class_choice(const Options& o) {
  render::ClassOverride chosen = class_override(o.classes);
  if (!o.palette.empty()) chosen.palette = o.palette;
  return chosen;
}

std::optional<Paper> paper_of(const Options& o) {
  if (o.paper.empty()) {
    if (o.landscape) throw geo::UsageError("--landscape turns a --paper; --size has its own shape");
    return std::nullopt;
  }
  return parse_paper(o.paper, o.landscape ? Orientation::landscape : Orientation::portrait);
}

/// Pixels and dots per inch: of the paper, or as given.
void set_size(const Options& o, render::SheetRequest& request) {
  const auto paper = paper_of(o);
  if (!paper == o.size.empty())
    throw geo::UsageError("say how large the picture is: either --size WxH in pixels or --paper A4|A3|A2|A1|A0");
  const double dpi = o.dpi.value_or(paper ? paper_dpi : request.dots_per_inch);
  if (!(dpi >= least_dpi && dpi <= most_dpi))
    throw geo::UsageError(fmt::format("--dpi {}: choose {} to {}", dpi, least_dpi, most_dpi));
  request.dots_per_inch = dpi;
  std::tie(request.width, request.height) = paper ? paper_pixels(*paper, dpi) : parse_size(o.size);
  if (std::max(request.width, request.height) > most_side)
    throw geo::UsageError(fmt::format("{} at {} dpi is {}x{} pixels; at most {} along a side: choose a lower --dpi",
                                      o.paper, dpi, request.width, request.height, most_side));
}

/// What can be checked before the data are read, so that a typing error is answered at once.
render::SheetRequest make_request(const Options& o) {
  render::SheetRequest request;
  request.map = o.map;
  if (!o.level.empty()) request.level = geo::parse_level(o.level);
  request.year = o.year;
  request.theme = render::parse_theme(o.theme);
  request.language = parse_language(o.language);
  set_size(o, request);
  request.classes = class_choice(o);
  check_file(o.out);
  render::parse_engine(o.engine);
  return request;
}

/// What drawing needs besides data.
struct Tools {
  std::shared_ptr<const render::TextEngine> text;
  std::unique_ptr<render::Painter> painter;  ///< null: to be made by the thread that paints
};

Tools make_tools(const Options& o, int width, int height) {
  Tools tools;
  tools.text = geo::timed("fonts", [] { return std::make_shared<const render::TextEngine>(); });
  if (kind_of(o.out) == FileKind::png) tools.painter = render::make_painter_beside(render::parse_engine(o.engine), tools.text, width, height);
  return tools;
}

void paint_png(const render::Sheet& sheet, Tools tools, const Options& o) {
  const auto painter = tools.painter ? std::move(tools.painter) : render::make_painter(render::parse_engine(o.engine), tools.text);
  const auto line = progress_line();
  std::function<void(double)> progress;
  if (static_cast<double>(sheet.width) * sheet.height >= large_picture)
    progress = [&](double fraction) { line("painting " + o.out.string(), fraction); };
  const auto effort = o.effort == "small" ? render::PngEffort::small : render::PngEffort::fast;
  render::write_sheet_png(*painter, sheet, o.out, effort, progress);
}

void paint(const render::Sheet& sheet, Tools tools, const Options& o) {
  if (kind_of(o.out) == FileKind::png) return paint_png(sheet, std::move(tools), o);
  render::PageOptions page;
  if (const auto paper = paper_of(o)) page.size = {paper->width_mm, paper->height_mm};
  render::write_sheet_print(sheet, std::make_shared<render::PrintFonts>(tools.text), o.out, page);
}

void print_report(const render::Sheet& sheet, const geo::Project& project, const Options& o) {
  const render::SheetReport& report = sheet.report;
  fmt::print("{}  {}x{}\n", o.out.string(), sheet.width, sheet.height);
  fmt::print("labels {} placed, {} unplaced", report.labels_placed, report.labels_unplaced);
  if (report.missing_glyphs > 0) fmt::print(", {} glyphs missing", report.missing_glyphs);
  std::string separator = "; classes ";
  for (const render::LegendEntry& entry : sheet.legend) {
    fmt::print("{}{}: {}", separator, entry.label, entry.count);
    separator = ", ";
  }
  fmt::print("\n");
  for (const std::string& note : report.notes) fmt::print("note: {}\n", note);
  if (const std::string note = origin_note(project); !note.empty()) fmt::print("data: {}\n", note);
}

std::shared_ptr<const render::Atlas> load(const geo::Project& project, std::optional<geo::Audience> audience, const Options& o) {
  geo::LoadOptions needed = render::data_needed(project, o.map, o.place, o.year);
  needed.audience = audience;
  return render::load_atlas(project, needed);
}

/// The process ends soon: to give back the memory of a whole nation's villages piece by piece takes longer than a core has for it.
void keep_until_exit(std::shared_ptr<const render::Atlas> atlas) {
  static auto& kept = *new std::shared_ptr<const render::Atlas>;  // of the last one that was drawn
  kept = std::move(atlas);
}

void print_timings() {
  for (const geo::TimedStep& step : geo::measured_steps())
    fmt::print(stderr, "{:>9.1f} ms {:>9.1f} ms CPU  {}{}\n", step.milliseconds, step.cpu_milliseconds, step.name,
               step.times > 1 ? fmt::format(" ({} times)", step.times) : "");
  fmt::print(stderr, "{:>9.1f} MB               most memory held at once\n", static_cast<double>(geo::peak_memory()) / 1e6);
}

void render_map(const Options& o) {
  render::SheetRequest request = make_request(o);
  const auto audience = given_audience(o.audience);
  const geo::Project project = geo::read_project(o.project);
  auto preparing = std::async(std::launch::async, [&o, width = request.width, height = request.height] { return make_tools(o, width, height); });
  const auto projection = std::async(std::launch::async, [&] { render::prepare_projection(project); });
  const auto atlas = geo::timed("load", [&] { return load(project, audience, o); });
  keep_until_exit(atlas);
  if (!o.place.empty()) request.place = geo::resolve_place(atlas->dataset.tree, o.place);
  if (request.classes.palette) atlas->palettes.get(*request.classes.palette);
  // Painting looks these up whatever the values are: they are found while those are classed and names are placed.
  const auto coverage = std::async(std::launch::async, [&] {
    if (kind_of(o.out) == FileKind::png) render::prepare_coverage(atlas->coverage(render::shown_level(*atlas, request)));
  });
  Tools tools = preparing.get();
  const render::Sheet sheet = geo::timed("compose", [&] { return render::compose(*atlas, *tools.text, request); });
  geo::timed("paint and write", [&] { paint(sheet, std::move(tools), o); });
  print_report(sheet, atlas->dataset.project, o);
}

void add_view_options(Command command, Options& o) {
  add_project(command, o.project);
  command.add_option("--map", o.map, "Map id (see: battlemap maps PROJECT)").required().type_name("ID");
  add_place(command, o.place, "Place shown: code or name; default: the whole project");
  add_level(command, o.level);
  add_year(command, o.year);
  add_theme(command, o.theme, "; default paper");
  add_language(command, o.language);
  add_audience(command, o.audience);
}

void add_output_options(Command command, Options& o) {
  command.add_option("--size", o.size, "Pixels, WIDTHxHEIGHT; any, portrait too").type_name("WxH");
  command.add_option("--paper", o.paper, "Instead of --size: A0 to A5, exactly, in mm").type_name("A4|A3|...");
  command.add_flag("--landscape", o.landscape, "The paper lies on its long side");
  command.add_option("--out", o.out, "File to write: .png, or .pdf or .svg as vectors")
      .required()
      .type_name("FILE");
  command.add_option("--dpi", o.dpi, "Dots per inch; default 96, of a paper size 300").type_name("N");
  command.add_option("--engine", o.engine, "cpu, gpu (OpenGL) or auto (default): what paints a PNG; auto takes the gpu where there is one");
  command.add_option("--png", o.effort, "fast (default) or small: how hard the file is compressed")
      .one_of({"small", "fast"})
      .type_name("EFFORT");
  command.add_flag("--timings", o.timings, "Say on stderr how long each step took");
  add_class_choice(command, o.classes);
  command.add_option("--palette", o.palette, "Palette id of palettes.toml").type_name("ID");
}

}  // namespace

void add_render(Command program) {
  Command command = program.add_subcommand("render", "Draw a map into a picture file");
  const auto options = std::make_shared<Options>();
  add_view_options(command, *options);
  add_output_options(command, *options);
  command.footer(
      "Examples:\n"
      "  battlemap render data/qinghai --map poverty-rate --size 3840x2160 --theme wall --out wall.png\n"
      "  battlemap render data/qinghai --map rate-change --place 互助土族自治县 --level village --size "
      "2480x3508 "
      "--dpi 300 --out huzhu.png\n"
      "  battlemap render data/qinghai --map poverty-rate --paper A3 --landscape --out rate.pdf\n"
      "  battlemap render data/qinghai --map poverty-rate --breaks 3 10 20 --size 1920x1080 --out "
      "classes.png");
  command.callback([options] {
    if (options->timings) geo::measure_steps();
    geo::timed("total", [&] { render_map(*options); });
    if (options->timings) print_timings();
  });
}

}  // namespace battlemap::app
