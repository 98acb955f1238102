#pragma once
#include <filesystem>
#include <memory>

#include "app/paper_size.hpp"
#include "app/sheet_files.hpp"
#include "render/painter.hpp"
#include "render/print_document.hpp"

namespace battlemap::app {

/// Writes sheets into files of any format. For one thread; the fonts are shared. The painter is made when
/// the first PNG is asked for.
class SheetWriter {
 public:
  explicit SheetWriter(std::shared_ptr<render::PrintFonts> fonts, std::shared_ptr<const render::TextEngine> text,
                       render::Engine engine = render::Engine::automatic)
      : fonts_(std::move(fonts)), text_(std::move(text)), engine_(engine) {}
  /// Whole or not at all. Throws geo::WriteError naming the file.
  void write(const render::Sheet& sheet, const Paper& paper, const std::filesystem::path& file, SheetFormat format);

 private:
  std::shared_ptr<render::PrintFonts> fonts_;
  std::shared_ptr<const render::TextEngine> text_;
  render::Engine engine_;
  std::unique_ptr<render::Painter> painter_;
};

}  // namespace battlemap::app
