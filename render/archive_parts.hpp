#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "render/archive.hpp"

namespace battlemap::render {

/// The pages of an archive that are no maps; each in its file, render/archive_PART.cpp.
struct ArchiveParts {
  explicit ArchiveParts(const Archive& of)
      : archive(of), atlas(of.atlas_), text(of.text_), request(of.request_) {}

  Archive::Composed cover() const;
  Archive::Composed contents(std::size_t first) const;
  Archive::Composed ranking(std::size_t first) const;

  /// Rows of the contents or the ranking on one page.
  static std::size_t contents_rows(const PageFormat& format);
  static std::size_t ranking_rows(const PageFormat& format);
  /// All villages of the place: the highest value of the overview's indicator first, those without one last.
  static std::vector<geo::DivisionRef> rank(const Atlas& atlas, const ArchiveRequest& request);

  PageFormat format() const { return page_format(request.sheet); }
  static PageFormat page_format(const SheetRequest& sheet);
  const geo::DivisionTree& tree() const { return atlas.dataset.tree; }
  int year() const { return *request.sheet.year; }
  const MapSpec& overview() const { return find_map(atlas.maps, request.overview); }
  const geo::Indicator& ranked_by() const { return atlas.dataset.statistics.indicator(overview().fill->indicator); }
  std::size_t first_page(Archive::Part part) const;
  /// Page of a village's map, both by their place in the request.
  std::size_t board_page(std::size_t village, std::size_t map) const;
  std::string village_name(geo::DivisionRef village) const;
  /// What stands at the head and foot of pages with tables. Returns the baseline under the head.
  double head(Page& page, const std::string& title, const std::string& remark) const;
  void foot(Page& page, std::size_t number) const;
  void describe(Page& page, const std::string& title) const;  ///< metadata
  const std::vector<geo::DivisionRef>& ranked() const { return archive.ranked_; }

  const Archive& archive;
  const Atlas& atlas;
  const TextEngine& text;
  const ArchiveRequest& request;
};

// The frame of these pages, mm of an A3 sheet.
inline constexpr double archive_margin = 22;
inline constexpr double archive_head = 54;  ///< the first rule of a table
inline constexpr double archive_foot = 24;  ///< kept free at the bottom
inline constexpr double archive_row = 8.4;
/// Rows of a table on a page of which `taken` mm are not the table's; one at least.
inline std::size_t archive_rows(const PageFormat& format, double taken) {
  const double height = format.design_mm * std::max(1.0, static_cast<double>(format.height) / format.width);
  return static_cast<std::size_t>(std::max(1.0, (height - taken) / archive_row));
}

}  // namespace battlemap::render
