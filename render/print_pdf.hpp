#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "render/print_document.hpp"

namespace battlemap::render {

/// A page of a document: in the PDF that Cairo wrote, each of its layers is a page by itself.
struct PdfPage {
  double width_pt = 0, height_pt = 0;
  std::vector<std::string> layers;  ///< names, in painting order
  std::string label;
};
struct PdfBookmark {
  std::string title;
  std::size_t page = 0, depth = 0;
};
struct PdfLink {
  std::size_t page = 0, target = 0;
  double x = 0, y = 0, w = 0, h = 0;  ///< points, y down from the page's top
};
struct PdfContents {
  DocumentInfo info;
  long long date = 0;  ///< seconds since 1970
  std::vector<PdfPage> pages;
  std::vector<PdfBookmark> bookmarks;
  std::vector<PdfLink> links;
};

/// Puts Cairo's pages on top of one another as named layers (optional content, which Cairo cannot write), and
/// adds outline, page labels, links and metadata. Returns the finished PDF. Throws geo::Error.
std::string assemble_pdf(const std::string& cairo_pdf, const PdfContents& contents);

}  // namespace battlemap::render
