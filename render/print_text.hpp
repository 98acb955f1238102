#pragma once
#include <map>
#include <memory>
#include <vector>

#include "render/print_canvas.hpp"
#include "render/print_fonts.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// Text of one document: shaped by the engine, so that it stands where the screen has it, and handed to Cairo
/// with its characters, so that it can be searched and copied.
class PrintText {
 public:
  explicit PrintText(std::shared_ptr<PrintFonts> fonts);
  ~PrintText();
  /// Gets the fonts the sheet's texts need; before they are painted.
  void prepare(const Sheet& sheet);
  void paint(const PrintCanvas& canvas, const TextItem& item) const;

 private:
  struct FontFace;
  void paint_halo(const PrintCanvas& canvas, const TextItem& item, const ShapedText& shaped) const;

  std::shared_ptr<PrintFonts> fonts_;
  std::map<std::uint32_t, std::unique_ptr<FontFace>> faces_;
  std::vector<std::unique_ptr<FontFace>> used_;
};

}  // namespace battlemap::render
