#include "render/print_document.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "geo/error.hpp"
#include "render/c_owner.hpp"
#include "render/print_items.hpp"
#include "render/print_map.hpp"
#include "render/print_pdf.hpp"
#include "geo/whole_file.hpp"

namespace battlemap::render {
namespace {

namespace fs = std::filesystem;

constexpr double mm_per_inch = 25.4, points_per_inch = 72;

using Surface = std::unique_ptr<cairo_surface_t, Closer<cairo_surface_destroy>>;
using Cairo = std::unique_ptr<cairo_t, Closer<cairo_destroy>>;

long long document_date() {
  const char* text = std::getenv("SOURCE_DATE_EPOCH");
  if (text == nullptr || *text == '\0') return static_cast<long long>(std::time(nullptr));
  const std::string_view given = text;
  long long seconds = 0;
  const auto read = std::from_chars(given.data(), given.data() + given.size(), seconds);
  if (read.ec != std::errc{} || read.ptr != given.data() + given.size() || seconds < 0)
    geo::fail("SOURCE_DATE_EPOCH is '{}': set it to seconds since 1970, or unset it", given);
  return seconds;
}

PageSize size_of(const Sheet& sheet, const PageOptions& options) {
  if (options.size) return *options.size;
  return {sheet.width * mm_per_inch / sheet.dots_per_inch, sheet.height * mm_per_inch / sheet.dots_per_inch};
}

double points(double mm) {
  return mm * points_per_inch / mm_per_inch;
}

/// Points per pixel of the sheet. Paper is no whole number of pixels: then a pixel stays one of the sheet's
/// resolution, so that page and picture cover each other, and the page's edge lies within the last pixel.
double scale_of(const Sheet& sheet, const PdfPage& page) {
  const double own = points_per_inch / sheet.dots_per_inch;
  const bool fits = std::abs(page.width_pt / own - sheet.width) < 1 && std::abs(page.height_pt / own - sheet.height) < 1;
  return fits ? own : std::min(page.width_pt / sheet.width, page.height_pt / sheet.height);
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// One layer of the page: its name and what paints it.
struct Part {
  std::string name;
  std::function<void(const PrintCanvas&)> paint;
};

std::vector<Part> parts_of(const Sheet& sheet, const PrintMap& map, const PrintText& text) {
  const auto background = [&](const PrintCanvas& canvas) {
    const auto c = sheet.background;
    const auto w = static_cast<float>(sheet.width), h = static_cast<float>(sheet.height);
    canvas.fill_rect({0, 0, w + 1, h + 1}, {c.r, c.g, c.b});  // up to the page's edge
  };
  std::vector<Part> parts{{"background", background}};
  if (sheet.map.view.frame.w > 0 && sheet.map.view.frame.h > 0) {
    parts.push_back({"areas", [&](const PrintCanvas& canvas) { map.paint_areas(canvas); }});
    if (map.has_water()) parts.push_back({"lakes", [&](const PrintCanvas& canvas) { map.paint_water(canvas); }});
    parts.push_back({"borders", [&](const PrintCanvas& canvas) { map.paint_borders(canvas); }});
  }
  for (const auto& layer : sheet.layers)
    if (!layer.items.empty())
      parts.push_back({layer.name, [&](const PrintCanvas& canvas) { paint_items(canvas, layer, text); }});
  return parts;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
  return out;
}

/// Cairo's SVG says nothing of itself: title and description go in after its opening tag.
std::string described_svg(std::string svg, const DocumentInfo& info) {
  const auto open = svg.find("<svg"), end = open == std::string::npos ? open : svg.find('>', open);
  if (end == std::string::npos) return svg;
  return svg.insert(end + 1, fmt::format("\n<title>{}</title>\n<desc>{}</desc>", escaped(info.title),
                                         escaped(info.subject)));
}

}  // namespace

DocumentInfo document_info(const Sheet& sheet) {
  DocumentInfo info;
  for (const auto& [key, value] : sheet.metadata) {
    if (key == "Title") info.title = value;
    if (key == "Author") info.author = value;
    if (key == "Description") info.subject = value;
    if (key == "Source" || key == "Comment") info.keywords += (info.keywords.empty() ? "" : "; ") + value;
  }
  return info;
}

struct PrintDocument::Impl {
  geo::WholeFile file;
  PrintFormat format;
  std::shared_ptr<PrintFonts> fonts;
  PdfContents contents;
  std::vector<double> scales;  ///< points per pixel of each page's sheet
  PrintText text;
  std::string bytes;  ///< what Cairo writes; outlives `surface`
  Surface surface;
  Cairo cairo;

  Impl(fs::path path, PrintFormat f, std::shared_ptr<PrintFonts> shared, DocumentInfo info)
      : file(std::move(path)), format(f), fonts(shared), text(std::move(shared)) {
    contents.info = std::move(info);
    contents.date = document_date();
  }

  void begin_page(double width_pt, double height_pt) {
    if (surface) {
      if (format == PrintFormat::svg) geo::fail("{}: an SVG has one page", file.path().string());
      cairo_pdf_surface_set_size(surface.get(), width_pt, height_pt);
      return;
    }
    if (format == PrintFormat::pdf) {
      surface.reset(cairo_pdf_surface_create_for_stream(append, &bytes, width_pt, height_pt));
      cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
    } else {
      surface.reset(cairo_svg_surface_create_for_stream(append, &bytes, width_pt, height_pt));
      cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PT);
    }
    cairo.reset(cairo_create(surface.get()));
  }

  void check() const {
    const auto status = cairo ? cairo_status(cairo.get()) : CAIRO_STATUS_SUCCESS;
    const auto under = surface ? cairo_surface_status(surface.get()) : CAIRO_STATUS_SUCCESS;
    const auto bad = status != CAIRO_STATUS_SUCCESS ? status : under;
    if (bad != CAIRO_STATUS_SUCCESS) file.fail(cairo_status_to_string(bad));
  }

  void paint(const Sheet& sheet, double scale, PdfPage& page) {
    const PrintCanvas canvas{cairo.get(), static_cast<float>(points(1) / scale)};
    const PrintMap map(sheet.map, canvas.pixels_per_mm);
    text.prepare(sheet);
    for (const auto& part : parts_of(sheet, map, text)) {
      cairo_identity_matrix(cairo.get());
      cairo_scale(cairo.get(), scale, scale);
      part.paint(canvas);
      if (format == PrintFormat::pdf) cairo_show_page(cairo.get());
      page.layers.push_back(part.name);
      check();
    }
  }
};

PrintDocument::PrintDocument(fs::path file, PrintFormat format, std::shared_ptr<PrintFonts> fonts, DocumentInfo info)
    : impl_(std::make_unique<Impl>(std::move(file), format, std::move(fonts), std::move(info))) {}
PrintDocument::~PrintDocument() = default;
PrintDocument::PrintDocument(PrintDocument&&) noexcept = default;
PrintDocument& PrintDocument::operator=(PrintDocument&&) noexcept = default;

std::size_t PrintDocument::add_page(const Sheet& sheet, const PageOptions& options) {
  auto& m = *impl_;
  if (sheet.width < 1 || sheet.height < 1 || !(sheet.dots_per_inch > 0))
    m.file.fail(fmt::format("a sheet of {} x {} pixels at {} dpi", sheet.width, sheet.height, sheet.dots_per_inch));
  const auto size = size_of(sheet, options);
  PdfPage page{points(size.width_mm), points(size.height_mm), {}, options.label};
  m.begin_page(page.width_pt, page.height_pt);
  m.check();
  m.scales.push_back(scale_of(sheet, page));
  m.paint(sheet, m.scales.back(), page);
  m.contents.pages.push_back(std::move(page));
  return m.contents.pages.size() - 1;
}

void PrintDocument::add_bookmark(const std::string& title, std::size_t page, std::size_t depth) {
  impl_->contents.bookmarks.push_back({title, page, depth});
}

void PrintDocument::add_link(std::size_t page, const Rect& where, std::size_t target) {
  auto& m = *impl_;
  if (page >= m.scales.size())
    m.file.fail(fmt::format("a link on page {}, of {} pages so far", page + 1, m.scales.size()));
  const double s = m.scales[page];
  m.contents.links.push_back({page, target, where.x * s, where.y * s, where.w * s, where.h * s});
}

void PrintDocument::finish() {
  auto& m = *impl_;
  if (m.contents.pages.empty()) m.file.fail("it has no page");
  m.cairo.reset();
  cairo_surface_finish(m.surface.get());
  m.check();
  m.surface.reset();
  m.file.write_all(m.format == PrintFormat::pdf ? assemble_pdf(m.bytes, m.contents)
                                                   : described_svg(std::move(m.bytes), m.contents.info));
  m.file.finish();
}

void write_sheet_print(const Sheet& sheet, std::shared_ptr<PrintFonts> fonts, const fs::path& file,
                       const PageOptions& options) {
  const auto extension = file.extension();
  if (extension != ".pdf" && extension != ".svg")
    geo::fail("cannot write {}: let the name of a print file end in .pdf or .svg", file.string());
  PrintDocument document(file, extension == ".pdf" ? PrintFormat::pdf : PrintFormat::svg, std::move(fonts),
                         document_info(sheet));
  document.add_page(sheet, options);
  document.finish();
}

}  // namespace battlemap::render
