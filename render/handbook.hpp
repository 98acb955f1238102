#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/dataset.hpp"
#include "render/sheet.hpp"

namespace battlemap::render {

/// 贫困户精准管理手册: one A5 page a household. The dataset holds records and the exits judged at the end of
/// the year, already masked for its audience; what is hidden is said to be hidden.
struct HandbookRequest {
  const geo::Dataset& dataset;
  int year = 0;  ///< one whose exits the dataset has judged
  geo::Language language = geo::Language::zh;
};

inline constexpr double handbook_width_mm = 148, handbook_height_mm = 210;

/// `page` of `pages`, counted from 1, stands at the foot.
Sheet compose_household_page(const HandbookRequest& request, const TextEngine& text, std::uint32_t row,
                             std::size_t page, std::size_t pages);

/// The list of a village's households, with the page of each: as many pages as they need.
struct HandbookIndex {
  struct Link {
    std::size_t page = 0;       ///< of the index pages, from 0
    Rect where;                 ///< pixels of that page
    std::size_t household = 0;  ///< position in `rows`
  };
  std::vector<Sheet> pages;
  std::vector<Link> links;
};
HandbookIndex compose_handbook_index(const HandbookRequest& request, const TextEngine& text,
                                     geo::DivisionRef village, const std::vector<std::uint32_t>& rows);

/// What a household is called in headings and bookmarks: its id, or that it is hidden.
std::string household_title(const HandbookRequest& request, std::uint32_t row);

}  // namespace battlemap::render
