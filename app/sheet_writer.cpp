#include "app/sheet_writer.hpp"

namespace battlemap::app {

void SheetWriter::write(const render::Sheet& sheet, const Paper& paper, const std::filesystem::path& file,
                         SheetFormat format) {
  if (format != SheetFormat::png) {
    render::write_sheet_print(sheet, fonts_, file, {render::PageSize{paper.width_mm, paper.height_mm}, ""});
    return;
  }
  if (!painter_) {
    painter_ = render::make_painter(engine_, text_);
  }
  render::write_sheet_png(*painter_, sheet, file);
}

}  // namespace battlemap::app
