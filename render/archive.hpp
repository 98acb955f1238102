#pragma once
#include <string>
#include <vector>

#include "render/compose.hpp"
#include "render/page.hpp"

namespace battlemap::render {

/// What the archive of a township (or of any place with villages) holds.
struct ArchiveRequest {
  geo::DivisionRef place;
  std::vector<geo::DivisionRef> villages;  ///< those with sheets, in the archive's order
  std::vector<std::string> boards;         ///< ids of the maps that every one of them gets
  std::string overview;                    ///< id of the choropleth of the place; its indicator ranks the villages
  std::vector<std::string> columns;        ///< further indicators of the ranking; unknown ones are left out
  SheetRequest sheet;                      ///< paper, year, theme, language of every page
};

/// Cover, contents, overview, ranking, then the boards of each village: pages in order, each composed by itself,
/// so that an archive of any length is written page by page. Read-only once made: any thread may compose.
class Archive {
 public:
  enum class Part { cover, contents, overview, ranking, board };
  struct Page {
    Part part = Part::cover;
    std::size_t first = 0;  ///< contents, ranking: its first row; board: which village
    std::size_t map = 0;    ///< board: which map
  };
  struct Bookmark {
    std::string title;
    std::size_t page = 0, depth = 0;
  };
  struct Link {
    Rect where;  ///< sheet pixels
    std::size_t target = 0;
  };
  struct Composed {
    Sheet sheet;
    std::vector<Link> links;
  };

  /// Throws geo::UsageError for an unknown map, or an overview that has no fill.
  Archive(const Atlas& atlas, const TextEngine& text, ArchiveRequest request);
  const std::vector<Page>& pages() const { return pages_; }
  Composed compose(std::size_t page) const;
  std::vector<Bookmark> bookmarks() const;
  std::string title() const;  ///< "五十镇 · 规范档案 · 2016 年"

 private:
  friend struct ArchiveParts;
  const Atlas& atlas_;
  const TextEngine& text_;
  ArchiveRequest request_;
  std::vector<geo::DivisionRef> ranked_;  ///< all villages of the place, highest value first
  std::vector<Page> pages_;
};

}  // namespace battlemap::render
