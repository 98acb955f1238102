#pragma once
#include "render/handbook_facts.hpp"
#include "render/page.hpp"

namespace battlemap::render {

inline constexpr double handbook_margin_mm = 12;
inline constexpr double handbook_content_mm = handbook_width_mm - 2 * handbook_margin_mm;
inline constexpr double handbook_left = handbook_margin_mm, handbook_right = handbook_left + handbook_content_mm;

/// What the sections of a household's page draw from. Each takes the y (mm) of its top.
struct HandbookPage {
  const HandbookRequest& request;
  const HouseholdFacts& facts;
  Page& pen;

  const Theme& colours() const { return pen.theme(); }
  PageType type(double points) const { return {points, colours().text, Weight::regular}; }
  PageType bold(double points) const { return {points, colours().text, Weight::bold}; }
  PageType muted(double points) const { return {points, colours().text_muted, Weight::regular}; }
  void section(std::string_view zh, std::string_view en, double y) const;
};

void add_handbook_head(const HandbookPage& page, double y);
void add_key_figures(const HandbookPage& page, double y);
void add_causes(const HandbookPage& page, double y);
void add_measures(const HandbookPage& page, double x, double y);
void add_income_chart(const HandbookPage& page, double y, double height);
void add_helpers(const HandbookPage& page, double y);
void add_criteria(const HandbookPage& page, double y);

/// Source, what is generated or hidden, and the page number: on every page of a handbook.
void add_handbook_foot(const HandbookRequest& request, Page& pen, const std::string& page_number);

}  // namespace battlemap::render
