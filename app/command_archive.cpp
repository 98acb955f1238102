#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "app/board_options.hpp"
#include "app/command.hpp"
#include "app/interrupt.hpp"
#include "app/progress_bar.hpp"
#include "app/sheet_files.hpp"
#include "app/village_choice.hpp"
#include "geo/error.hpp"
#include "geo/parallel.hpp"
#include "render/archive.hpp"
#include "render/print_document.hpp"

namespace battlemap::app {
namespace {

constexpr int pages_a_thread = 4;  // composed ahead of the one writer: what is held in memory

struct Options {
  BoardOptions board;
  std::string township, overview, columns = "poor_households,exited_households,exited_population,exit_year", maps;
  std::filesystem::path out;
  bool all_villages = false;
};

void check(const Options& o) {
  if (o.out.extension() != ".pdf")
    throw geo::UsageError(fmt::format("--out '{}': an archive is a PDF; let its name end in .pdf", o.out.string()));
}

geo::DivisionRef the_township(const geo::DivisionTree& tree, const std::string& code_or_name) {
  const geo::DivisionRef place = geo::resolve_place(tree, code_or_name);
  if (place.level != geo::Level::township)
    throw geo::UsageError(fmt::format("--township {}: {} is a {}, no township", code_or_name, tree.path(place),
                                      geo::level_id(place.level)));
  return place;
}

/// The project's first map if it has a fill, else the first that has.
std::string usual_overview(const render::Atlas& atlas) {
  const std::string& usual = atlas.dataset.project.default_map;
  const auto fits = [](const render::MapSpec& map) { return map.fill && !map.is_board(); };
  for (const render::MapSpec& map : atlas.maps)
    if (map.id == usual && fits(map)) return map.id;
  for (const render::MapSpec& map : atlas.maps)
    if (fits(map)) return map.id;
  geo::fail("{}: no map has a fill; an archive begins with a map of an indicator",
            atlas.dataset.project.maps_folder.string());
}

render::ArchiveRequest make_request(const render::Atlas& atlas, const Options& o, const BoardSetting& setting) {
  render::ArchiveRequest request;
  const geo::Dataset& dataset = atlas.dataset;
  request.place = the_township(dataset.tree, o.township);
  request.villages = choose_villages(dataset, request.place,
                                     o.all_villages ? VillageChoice::households : VillageChoice::poor,
                                     setting.year.value_or(dataset.project.default_year));
  const std::vector<std::string> chosen = split_list(o.maps);
  request.boards = chosen;
  if (chosen.empty())
    for (const render::MapSpec* map : board_maps(atlas)) request.boards.push_back(map->id);
  request.overview = o.overview.empty() ? usual_overview(atlas) : o.overview;
  request.columns = split_list(o.columns);
  request.sheet = setting.request;
  return request;
}

/// Composes pages on all cores, a few ahead, and writes them in their order.
class ArchiveWriter {
 public:
  ArchiveWriter(const render::Archive& archive, const render::Atlas& atlas,
                std::shared_ptr<const render::TextEngine> text, const Paper& paper, const std::filesystem::path& file)
      : archive_(archive),
        size_{paper.width_mm, paper.height_mm},
        document_(file, render::PrintFormat::pdf, std::make_shared<render::PrintFonts>(std::move(text)),
                  information(archive, atlas)) {}

  /// False: `stop` ended it, and there is no file.
  bool write(const std::function<bool()>& stop) {
    const std::size_t pages = archive_.pages().size();
    const auto batch = static_cast<std::size_t>(geo::worker_count(0) * pages_a_thread);
    ProgressBar bar(pages, "pages");
    for (std::size_t first = 0; first < pages; first += batch) {
      std::vector<std::optional<render::Archive::Composed>> composed(std::min(batch, pages - first));
      geo::parallel_jobs(static_cast<int>(composed.size()), 0, [&](int i) {
        if (!stop()) composed[static_cast<std::size_t>(i)] = archive_.compose(first + static_cast<std::size_t>(i));
      });
      if (stop()) return false;
      for (auto& page : composed) add(*page, bar), page.reset();
    }
    for (const auto& mark : archive_.bookmarks()) document_.add_bookmark(mark.title, mark.page, mark.depth);
    document_.finish();
    return true;
  }

 private:
  static render::DocumentInfo information(const render::Archive& archive, const render::Atlas& atlas) {
    render::DocumentInfo info;
    info.title = archive.title();
    info.subject = atlas.dataset.project.data_date.zh;
    info.keywords = atlas.dataset.project.source_line.zh;
    return info;
  }

  void add(const render::Archive::Composed& page, ProgressBar& bar) {
    const std::size_t index = document_.add_page(page.sheet, {size_, ""});
    for (const auto& link : page.links) document_.add_link(index, link.where, link.target);
    for (const std::string& note : page.sheet.report.notes) bar.say(fmt::format("note: page {}: {}", index + 1, note));
    bar.advance("");
  }

  const render::Archive& archive_;
  render::PageSize size_;
  render::PrintDocument document_;
};

void run(const Options& o) {
  check(o);
  const BoardSetting setting = check_board_options(o.board);
  const auto atlas = load_boards(geo::read_project(o.board.project), setting, o.township);
  const auto text = std::make_shared<const render::TextEngine>();
  const render::Archive archive(*atlas, *text, make_request(*atlas, o, setting));
  const InterruptWatch watch;
  ArchiveWriter writer(archive, *atlas, text, setting.paper, o.out);
  if (!writer.write([&] { return watch.interrupted(); })) {
    fmt::print(stderr, "battlemap: interrupted; nothing was written\n");
    throw ExitWith{watch.exit_code()};
  }
  fmt::print("{}: {}, {} pages\n", o.out.string(), archive.title(), archive.pages().size());
}

}  // namespace

void add_archive(Command program) {
  Command command =
      program.add_subcommand("archive", "Print a township's archive: overview, ranking, every village's six maps");
  const auto o = std::make_shared<Options>();
  add_board_options(command, o->board);
  command.add_option("--township", o->township, "The township").required().type_name("CODE|NAME");
  command.add_option("--out", o->out, "The file to write").required().type_name("FILE.pdf");
  command.add_flag("--all-villages", o->all_villages,
                    "Sheets of every village that has household records; default: of every poor village");
  command.add_option("--maps", o->maps, "Sheets of only these maps; default: every map that has panels")
      .type_name("ID,ID");
  command.add_option("--overview", o->overview, "Map of the township as a whole; default: the project's")
      .type_name("ID");
  command.add_option("--columns", o->columns, "Further indicators of the ranking")
      .type_name("ID,ID")
      .show_default();
  command.footer(
      "Cover, contents with page numbers (links and bookmarks too), the overview map, all villages ranked by its\n"
      "indicator, then the sheets of each village.\n\n"
      "Example:\n  battlemap archive data/qinghai --township 五十镇 --out wushi.pdf");
  command.callback([o] { run(*o); });
}

}  // namespace battlemap::app
