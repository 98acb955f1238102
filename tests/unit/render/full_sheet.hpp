#pragma once
#include <cmath>
#include <memory>
#include <numbers>

#include "render/sheet.hpp"
#include "synthetic_coverage.hpp"

namespace battlemap::render::testing {

/// A sheet with everything on it: map with every flag, shapes, lines, haloed text, clipping.
inline Sheet full_sheet(int width, int height) {
  Sheet sheet;
  sheet.width = width, sheet.height = height;
  sheet.background = {246, 244, 239};
  sheet.map = map_of(JitteredGrid(20, 15, 9).coverage(), 20, 15, width - 60, height - 60);
  sheet.map.view.frame = {30, 30, static_cast<float>(width - 60), static_cast<float>(height - 60)};
  auto& style = sheet.map.style;
  for (std::uint32_t i = 0; i < 60; ++i) style.flags[i] |= cell_muted;
  for (const auto i : {145U, 146U, 165U}) style.flags[i] |= cell_selected;
  style.flags[208] |= cell_hovered;
  for (const auto i : {100U, 101U, 250U}) style.flags[i] |= cell_hatched;
  auto lakes = std::make_shared<geo::PolygonSet>();
  JitteredGrid::add_polygon(*lakes, {{11000, 9000}, {15500, 9600}, {14500, 12100}, {12000, 11500}});
  sheet.map.lakes = lakes;

  Layer river{"river", Rect{30, 30, static_cast<float>(width - 60), static_cast<float>(height - 60)}, {}};
  LineItem line{{}, 2.2F, {40, 90, 160}};
  for (int i = 0; i < 400; ++i)
    line.points.push_back(
        {static_cast<float>(i) * static_cast<float>(width) / 400.0F,
         static_cast<float>(height) * (0.5F + 0.1F * std::sin(static_cast<float>(i) / 20.0F))});
  river.items.push_back(line);
  for (auto& p : line.points) p.y += 40;
  line.width = 0.5F;
  river.items.push_back(line);
  sheet.layers.push_back(river);

  Layer top{"top", std::nullopt, {}};
  top.items.push_back(RectItem{{60.5F, 60.25F, 180, 90}, 8, {255, 255, 255, 220}, {30, 30, 30}, 1.5F});
  top.items.push_back(RectItem{{70, 110, 60, 24}, 0, {240, 240, 240}, {0, 0, 0, 0}, 0, {90, 90, 90}, 6, 1});
  top.items.push_back(RectItem{{60, 200, 180, 0.5F}, 0, {0, 0, 0}});
  top.items.push_back(CircleItem{{330.5F, 120}, 30, {60, 120, 200, 150}, {20, 40, 80}, 2});
  top.items.push_back(ConvexItem{{{400, 80}, {420, 140}, {410, 132}, {390, 140}}, {20, 20, 20}});
  ConvexItem wedge{{{500, 110}}, {200, 80, 40}};
  for (int i = 0; i <= 20; ++i) {
    const auto angle = static_cast<float>(i) * std::numbers::pi_v<float> / 30.0F;
    wedge.points.push_back({500 + 40 * std::cos(angle), 110 + 40 * std::sin(angle)});
  }
  top.items.push_back(wedge);
  TextStyle text;
  text.size = 26, text.weight = Weight::bold, text.colour = {30, 35, 40};
  text.halo = {255, 255, 255, 230}, text.halo_width = 2.5F;
  top.items.push_back(
      TextItem{"青海省 · 贫困发生率 2016", {static_cast<float>(width) / 2 - 160, 300.4F}, text});
  text.size = 13, text.weight = Weight::regular, text.halo_width = 1.5F, text.tabular = true;
  top.items.push_back(TextItem{"12.4 %(62 / 501 人)Affil", {80.3F, 90.7F}, text});
  sheet.layers.push_back(top);
  return sheet;
}

}  // namespace battlemap::render::testing
