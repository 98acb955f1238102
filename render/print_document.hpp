#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "render/print_fonts.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

enum class PrintFormat { pdf, svg };

/// What a file says of itself. Creator and date are the program's: now, or SOURCE_DATE_EPOCH (seconds since
/// 1970) when that is set, so that the same sheets make the same bytes.
struct DocumentInfo {
  std::string title;
  std::string author;
  std::string subject;
  std::string keywords;
  std::string language = "zh-CN";
};
/// From a sheet's metadata: Title, Author, Description, Source and Comment.
DocumentInfo document_info(const Sheet& sheet);

struct PageSize {
  double width_mm = 0, height_mm = 0;
  friend bool operator==(const PageSize&, const PageSize&) = default;
};

struct PageOptions {
  std::optional<PageSize> size;  ///< default: the sheet's pixels at its dots per inch
  std::string label;             ///< page number as the viewer shows it ("iv", "12"); empty: counted from 1
};

/// The print painter: sheets as vector pages of one PDF, or one sheet as an SVG. PDF: text is text (the fonts
/// are embedded, cut down to what is used), each layer of the sheets is a layer that viewers list and switch,
/// colours are DeviceRGB as given. One thread at a time; several documents may be made at once, sharing
/// `fonts`.
class PrintDocument {
 public:
  /// Throws geo::Error naming the file when its folder is missing or the file is a folder.
  PrintDocument(std::filesystem::path file, PrintFormat format, std::shared_ptr<PrintFonts> fonts,
                DocumentInfo info);
  ~PrintDocument();  ///< an unfinished document leaves no file
  PrintDocument(PrintDocument&&) noexcept;
  PrintDocument& operator=(PrintDocument&&) noexcept;

  /// Paints the sheet as the next page; returns its index, from 0. An SVG has one page: throws geo::Error for
  /// a second.
  std::size_t add_page(const Sheet& sheet, const PageOptions& options = {});
  /// An entry of the outline that viewers show beside the pages; `depth` 0 is the top, and one deeper than
  /// the entry before it at most. PDF only; in an SVG it has no effect.
  void add_bookmark(const std::string& title, std::size_t page, std::size_t depth = 0);
  /// `where` (pixels of the sheet on `page`, already added) leads to `target`, which may be added later.
  void add_link(std::size_t page, const Rect& where, std::size_t target);
  /// Writes the file, which has its name only when complete. Throws geo::Error with the reason (disk full),
  /// also for a document without pages, or a bookmark or link to a page that is not there.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// One sheet, one file. The format is PDF or SVG by the file's extension; geo::Error for another.
void write_sheet_print(const Sheet& sheet, std::shared_ptr<PrintFonts> fonts, const std::filesystem::path& file,
                       const PageOptions& options = {});

}  // namespace battlemap::render
