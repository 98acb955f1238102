#include "render/archive.hpp"

#include <algorithm>

#include "geo/error.hpp"
#include "render/archive_parts.hpp"
#include "render/label_text.hpp"
#include "render/scene.hpp"

namespace battlemap::render {
namespace {

std::vector<Archive::Page> lay_out(const ArchiveRequest& request, std::size_t ranked) {
  using Part = Archive::Part;
  std::vector<Archive::Page> pages{{Part::cover, 0, 0}};
  const PageFormat format = ArchiveParts::page_format(request.sheet);
  const auto add_table = [&](Part part, std::size_t rows, std::size_t rows_a_page) {
    for (std::size_t first = 0; first == 0 || first < rows; first += rows_a_page) pages.push_back({part, first, 0});
  };
  add_table(Part::contents, request.villages.size(), ArchiveParts::contents_rows(format));
  pages.push_back({Part::overview, 0, 0});
  add_table(Part::ranking, ranked, ArchiveParts::ranking_rows(format));
  for (std::size_t village = 0; village < request.villages.size(); ++village)
    for (std::size_t map = 0; map < request.boards.size(); ++map) pages.push_back({Part::board, village, map});
  return pages;
}

}  // namespace

Archive::Archive(const Atlas& atlas, const TextEngine& text, ArchiveRequest request)
    : atlas_(atlas), text_(text), request_(std::move(request)) {
  const MapSpec& overview = find_map(atlas_.maps, request_.overview);
  if (!overview.fill)
    throw geo::UsageError(
        fmt::format("map '{}' has no fill; the overview of an archive is a map of an indicator", overview.id));
  for (const std::string& id : request_.boards) find_map(atlas_.maps, id);
  request_.sheet.map = overview.id;
  request_.sheet.year = shown_year(atlas_, request_.sheet, overview);
  std::erase_if(request_.columns, [&](const std::string& id) {
    const auto all = atlas_.dataset.statistics.indicators();
    return std::none_of(all.begin(), all.end(), [&](const geo::Indicator& i) { return i.id == id; });
  });
  ranked_ = ArchiveParts::rank(atlas_, request_);
  pages_ = lay_out(request_, ranked_.size());
}

Archive::Composed Archive::compose(std::size_t page) const {
  const Page& p = pages_.at(page);
  const ArchiveParts parts(*this);
  switch (p.part) {
    case Part::cover:
      return parts.cover();
    case Part::contents:
      return parts.contents(p.first);
    case Part::ranking:
      return parts.ranking(p.first);
    case Part::overview:
    case Part::board:
      break;
  }
  SheetRequest request = request_.sheet;
  const bool board = p.part == Part::board;
  request.map = board ? request_.boards[p.map] : request_.overview;
  request.place = board ? request_.villages[p.first] : request_.place;
  request.page = std::to_string(page + 1);
  return {render::compose(atlas_, text_, request), {}};
}

std::vector<Archive::Bookmark> Archive::bookmarks() const {
  const ArchiveParts parts(*this);
  const render::Page page(text_, parts.format());
  std::vector<Bookmark> marks{
      {page.say("封面", "Cover"), 0, 0},
      {page.say("目录", "Contents"), parts.first_page(Part::contents), 0},
      {page.say(parts.overview().title), parts.first_page(Part::overview), 0},
      {page.say("各村排名", "Ranking of villages"), parts.first_page(Part::ranking), 0},
  };
  for (std::size_t v = 0; v < request_.villages.size() && !request_.boards.empty(); ++v) {
    marks.push_back({parts.village_name(request_.villages[v]), parts.board_page(v, 0), 0});
    for (std::size_t m = 0; m < request_.boards.size(); ++m)
      marks.push_back({page.say(find_map(atlas_.maps, request_.boards[m]).title), parts.board_page(v, m), 1});
  }
  return marks;
}

std::string Archive::title() const {
  const ArchiveParts parts(*this);
  const render::Page page(text_, parts.format());
  return fmt::format("{} · {} · {}", atlas_.dataset.tree[request_.place].name,
                     page.say("规范档案", "Township archive"), parts.year());
}

PageFormat ArchiveParts::page_format(const SheetRequest& sheet) {
  PageFormat format;
  format.width = sheet.width, format.height = sheet.height;
  format.dots_per_inch = sheet.dots_per_inch;
  format.theme = sheet.theme, format.language = sheet.language;
  return format;
}

std::size_t ArchiveParts::first_page(Archive::Part part) const {
  const auto& pages = archive.pages();
  const auto at = std::find_if(pages.begin(), pages.end(), [&](const auto& page) { return page.part == part; });
  return static_cast<std::size_t>(at - pages.begin());
}

std::size_t ArchiveParts::board_page(std::size_t village, std::size_t map) const {
  return first_page(Archive::Part::board) + village * request.boards.size() + map;
}

std::string ArchiveParts::village_name(geo::DivisionRef village) const {
  return label_name(tree()[village].name, geo::Level::village);
}

std::vector<geo::DivisionRef> ArchiveParts::rank(const Atlas& atlas, const ArchiveRequest& request) {
  const auto [first, last] = atlas.dataset.tree.descendants(request.place, geo::Level::village);
  const std::string& indicator = find_map(atlas.maps, request.overview).fill->indicator;
  std::vector<std::pair<geo::DivisionRef, geo::Value>> villages;
  for (std::uint32_t i = first; i < last; ++i) {
    const geo::DivisionRef village{geo::Level::village, i};
    villages.emplace_back(village, atlas.dataset.statistics.value(indicator, village, *request.sheet.year));
  }
  // A hidden value must not show by its place either: those without one keep the order of their codes.
  std::stable_sort(villages.begin(), villages.end(), [](const auto& a, const auto& b) {
    if (a.second.has_value() != b.second.has_value()) return a.second.has_value();
    return a.second.has_value() && a.second.value > b.second.value;
  });
  std::vector<geo::DivisionRef> ranked;
  for (const auto& entry : villages) ranked.push_back(entry.first);
  return ranked;
}

double ArchiveParts::head(Page& page, const std::string& title, const std::string& remark) const {
  page.layer("title");
  const double room = page.width() - 2 * archive_margin;
  const double wide = page.left(title, page.type(26, Weight::bold), archive_margin, 33, room);
  page.left(tree().path(request.place), page.quiet(13), archive_margin + wide + 8, 33, room - wide - 8);
  page.left(remark, page.quiet(11), archive_margin, 42, room);
  return archive_head;
}

void ArchiveParts::foot(Page& page, std::size_t number) const {
  page.layer("foot");
  const double y = page.height() - 10;
  const geo::Project& project = atlas.dataset.project;
  std::string said = page.say(project.source_line);
  for (const geo::Text* part : {&project.data_date, &project.generated_note})
    if (!part->empty()) said += "  ·  " + page.say(*part);
  page.left(said, page.quiet(8), archive_margin, y, page.width() - 2 * archive_margin - 24);
  page.right(std::to_string(number), page.type(11, Weight::bold), page.width() - archive_margin, y, 20);
}

void ArchiveParts::describe(Page& page, const std::string& title) const {
  page.metadata("Title", title);
  page.metadata("Source", page.say(atlas.dataset.project.source_line));
}

}  // namespace battlemap::render
