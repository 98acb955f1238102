#pragma once
#include <filesystem>

namespace battlemap::golden {

/// Screen = paper: rasterises the PDF (pdftoppm) at the picture's resolution and compares. True when the structural
/// similarity is at least 0.97 and the colour is the same wherever the picture is flat. Throws geo::Error when the
/// title is no text in the PDF or qpdf finds something to say.
bool same_on_paper(const std::filesystem::path& png, const std::filesystem::path& pdf);

}  // namespace battlemap::golden
