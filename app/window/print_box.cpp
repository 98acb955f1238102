#include "app/window/print_box.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "geo/error.hpp"
#include "render/painter.hpp"
#include "render/print_document.hpp"

namespace battlemap::app {
namespace {

constexpr double mm_per_inch = 25.4;

Paper paper_of(const PrintBox& box) {
  return parse_paper(print_papers[box.paper], box.orientation);
}

render::SheetRequest as_page(render::SheetRequest request, const PrintBox& box) {
  request.furniture = true;
  request.theme = box.theme;
  request.hovered.reset();
  request.selected.reset();
  request.view_centre.reset();
  request.view_metres_per_pixel.reset();
  return request;
}

std::filesystem::path with_extension(std::filesystem::path file, PrintKind kind) {
  if (file.extension() != extension_of(kind)) file += extension_of(kind);
  return file;
}

void write_pdf(const PrintOrder& order, const std::function<void(double)>& progress) {
  std::optional<render::PrintDocument> document;
  for (std::size_t i = 0; i < order.pages.size(); ++i) {
    progress(static_cast<double>(i) / static_cast<double>(order.pages.size()));
    const render::Sheet sheet = render::compose(*order.atlas, *order.text, order.pages[i]);
    const render::DocumentInfo info = document_info(sheet);
    if (!document) document.emplace(order.target, render::PrintFormat::pdf, order.fonts, info);
    const std::size_t page = document->add_page(sheet, {render::PageSize{order.paper.width_mm, order.paper.height_mm}, {}});
    if (order.pages.size() > 1) document->add_bookmark(info.title, page);
  }
  if (document) document->finish();
}

/// One page, one file.
void write_page(const PrintOrder& order, const render::SheetRequest& page, const std::filesystem::path& file,
                const std::function<void(double)>& progress) {
  const render::Sheet sheet = render::compose(*order.atlas, *order.text, page);
  if (order.kind != PrintKind::png)
    return render::write_sheet_print(sheet, order.fonts, file,
                                     {render::PageSize{order.paper.width_mm, order.paper.height_mm}, {}});
  const auto painter = render::painter_beside_context(order.text);
  write_sheet_png(*painter, sheet, file, render::PngEffort::small, progress);
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) geo::fail("cannot make the folder {}: {}", folder.string(), error.message());
}

}  // namespace

std::string_view extension_of(PrintKind kind) {
  return kind == PrintKind::pdf ? ".pdf" : kind == PrintKind::png ? ".png" : ".svg";
}

bool makes_folder(const PrintBox& box) {
  return box.scope == PrintScope::all_boards && box.kind != PrintKind::pdf;
}

std::string suggested_target(const PrintBox& box, const std::string& place, const std::string& map, int year) {
  const std::string what = box.scope == PrintScope::all_boards ? "six-maps" : map;
  const std::string name = fmt::format("{}-{}-{}", place, what, year);
  return makes_folder(box) ? name : name + std::string(extension_of(box.kind));
}

render::SheetRequest page_request(const render::SheetRequest& shown, const PrintBox& box) {
  render::SheetRequest page = as_page(shown, box);
  page.dots_per_inch = print_resolutions[box.resolution];
  std::tie(page.width, page.height) = paper_pixels(paper_of(box), page.dots_per_inch);
  return page;
}

render::SheetRequest preview_request(const render::SheetRequest& shown, const PrintBox& box, int longer_side) {
  render::SheetRequest page = as_page(shown, box);
  const Paper paper = paper_of(box);
  page.dots_per_inch = longer_side * mm_per_inch / std::max(paper.width_mm, paper.height_mm);
  std::tie(page.width, page.height) = paper_pixels(paper, page.dots_per_inch);
  return page;
}

std::filesystem::path print_pages(const PrintOrder& order, const std::function<void(double)>& progress) {
  if (!order.folder) {
    PrintOrder single = order;
    single.target = with_extension(order.target, order.kind);
    if (order.kind == PrintKind::pdf)
      write_pdf(single, progress);
    else
      write_page(single, order.pages.front(), single.target, progress);
    return single.target;
  }
  make_folder(order.target);
  const auto count = static_cast<double>(order.pages.size());
  for (std::size_t i = 0; i < order.pages.size(); ++i) {
    const auto part = [&](double share) { progress((static_cast<double>(i) + share) / count); };
    part(0);
    const std::string name = fmt::format("{}-{}", i + 1, order.pages[i].map);
    write_page(order, order.pages[i], with_extension(order.target / name, order.kind), part);
  }
  return order.target;
}

}  // namespace battlemap::app
