// One part of the program over a project, set up outside of what is measured:
//
//     bench_parts PART PROJECT [REPEATS]    milliseconds of each repeat, a line each
//     bench_parts --build                   compiler and flags, a line each
//
// Instructions are counted of measured_part() alone (tests/bench/instructions), with BATTLEMAP_BENCH_SINGLE=1: then the
// program takes the machine for one of a single core.
#include <fmt/core.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>
#include <string_view>

#include "geo/boundaries.hpp"
#include "geo/classify.hpp"
#include "geo/join.hpp"
#include "geo/pack.hpp"
#include "geo/pack_builder.hpp"
#include "render/colour_pass.hpp"
#include "render/compose.hpp"
#include "render/id_buffer.hpp"
#include "render/painter.hpp"
#include "render/text_engine.hpp"

/// In place of libc's, which std::thread::hardware_concurrency() asks.
extern "C" int get_nprocs() noexcept {
  static const bool single = std::getenv("BATTLEMAP_BENCH_SINGLE") != nullptr;
  return single ? 1 : static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN));
}

/// What is measured, under a name that callgrind can be told.
extern "C" [[gnu::noipa]] void measured_part(const std::function<void()>& work) {
  work();
}

namespace battlemap {
namespace {

using Work = std::function<void()>;
constexpr int width = 1920, height = 1080;

Work load(const geo::Project& project) {
  return [project] {
    geo::Problems problems;
    geo::read_boundaries(project.boundaries.front(), project.projection, problems);
  };
}

Work join(const geo::Project& project) {
  const auto tree = std::make_shared<geo::DivisionTree>(geo::read_divisions(project));
  const auto indicators = geo::read_indicators(project.indicators_file);
  return [=] {
    std::vector<geo::JoinReport> reports;
    geo::Problems problems;
    geo::join_statistics(project, *tree, indicators, reports, problems);
    if (reports.empty() || reports[0].matched != tree->at(geo::Level::village).size()) geo::fail("rows did not match");
  };
}

/// Numbers of a generator that the standard defines to the bit, made skewed by hand: the library's distributions
/// differ.
Work classify(const geo::Project&) {
  std::mt19937_64 random(2016);
  std::vector<double> values(70'000);
  for (double& value : values) {
    const double u = static_cast<double>(random() >> 11) / 9007199254740992.0;
    value = 60 * u * u * u;
  }
  return [values] {
    if (geo::classify(values, geo::Method::natural, 7).size() != 7) geo::fail("not seven classes");
  };
}

void have_a_pack(const geo::Project& project) {
  std::string why_not;
  if (!geo::find_pack(project, why_not)) geo::build_pack(project, {}, {});
}

Work pack_open(const geo::Project& project) {
  have_a_pack(project);
  return [project] {
    if (!geo::load_dataset(project).pack) geo::fail("the pack was not used");
  };
}

/// A project's map of all villages, loaded by its pack.
struct Picture {
  explicit Picture(const geo::Project& project) : atlas((have_a_pack(project), render::load_atlas(project, {}))) {
    request.map = "poverty-rate", request.level = geo::Level::village, request.width = width, request.height = height;
    sheet = render::compose(*atlas, *text, request);
  }
  render::IdBuffer ids(const render::MapLayer& map) const {
    return render::rasterise_ids(map, render::frame_pixels(map.view), render::outline_margin(map.style));
  }
  std::shared_ptr<const render::Atlas> atlas;
  std::shared_ptr<const render::TextEngine> text = std::make_shared<const render::TextEngine>();
  render::SheetRequest request;
  render::Sheet sheet;
};

Work ids(const geo::Project& project) {
  return [picture = std::make_shared<Picture>(project)] { picture->ids(picture->sheet.map); };
}

Work colours(const geo::Project& project) {
  const auto picture = std::make_shared<Picture>(project);
  return [picture, ids = picture->ids(picture->sheet.map)] { render::colour_pass(ids, picture->sheet.map); };
}

/// Where the view stands after one more move: by some pixels and a fraction.
geo::Point next_centre(const Picture& picture, int& step) {
  const render::View& view = picture.sheet.map.view;
  return {view.centre.x + ++step % 16 * 3.1 * view.metres_per_pixel, view.centre.y};
}

/// The map alone, without labels, after the view was moved: ids and colours.
Work map(const geo::Project& project) {
  const auto picture = std::make_shared<Picture>(project);
  return [=, step = std::make_shared<int>(0)] {
    render::MapLayer moved = picture->sheet.map;
    moved.view.centre = next_centre(*picture, *step);
    render::colour_pass(picture->ids(moved), moved);
  };
}

/// The whole exact picture after the view was moved, labels and legend too: composed and painted without OpenGL.
Work sheet(const geo::Project& project) {
  const auto picture = std::make_shared<Picture>(project);
  const std::shared_ptr<render::Painter> painter = render::make_painter(render::Engine::cpu, picture->text);
  return [=, step = std::make_shared<int>(0)] {
    auto request = picture->request;
    request.view_centre = next_centre(*picture, *step);
    request.view_metres_per_pixel = picture->sheet.map.view.metres_per_pixel;
    painter->paint(render::compose(*picture->atlas, *picture->text, request), {0, 0, width, height});
  };
}

const std::map<std::string_view, Work (*)(const geo::Project&)>& parts() {
  static const std::map<std::string_view, Work (*)(const geo::Project&)> all{
      {"load", load}, {"join", join},       {"classify", classify}, {"pack-open", pack_open},
      {"ids", ids},   {"colours", colours}, {"map", map},           {"sheet", sheet}};
  return all;
}

double milliseconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  measured_part(work);
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

int repeats_of(std::string_view text) {
  int repeats = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), repeats);
  if (error != std::errc{} || end != text.data() + text.size() || repeats < 1)
    throw geo::UsageError(fmt::format("REPEATS '{}': a number from 1", text));
  return repeats;
}

void run(std::string_view part, const std::filesystem::path& folder, int repeats) {
  const auto found = parts().find(part);
  if (found == parts().end()) {
    std::string names;
    for (const auto& [name, make] : parts()) names += fmt::format(" {}", name);
    throw geo::UsageError(fmt::format("no part '{}'; there are:{}", part, names));
  }
  const Work work = found->second(geo::read_project(folder));
  for (int i = 0; i < repeats; ++i) fmt::print("{:.3f}\n", milliseconds(work));
}

int run_command(int argc, char** argv) {
  if (argc == 2 && argv[1] == std::string_view("--build")) {
    fmt::print("{}\n{}\n", BATTLEMAP_COMPILER, BATTLEMAP_FLAGS);
    return 0;
  }
  if (argc != 3 && argc != 4) throw geo::UsageError("bench_parts PART PROJECT [REPEATS] | bench_parts --build");
  run(argv[1], argv[2], argc == 4 ? repeats_of(argv[3]) : 1);
  return 0;
}

}  // namespace
}  // namespace battlemap

int main(int argc, char** argv) {
  try {
    return battlemap::run_command(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_parts: {}\n", error.what());
    return 2;
  }
}
