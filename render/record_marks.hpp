#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/land_mask.hpp"
#include "render/spread.hpp"
#include "render/symbol_key.hpp"

namespace battlemap::render {

/// mm on the reference sheet to sheet pixels.
inline float mm_to_px(const Scene& scene, double mm) {
  return scene.layout.px(mm * 96 / 25.4);
}

/// One record as a symbol of its own.
struct Mark {
  std::size_t record = 0;  ///< of its layer's RecordRows
  Vec2 home;               ///< true place
  Vec2 at;                 ///< where it is drawn
  float radius = 1;
  SymbolLook look;
  bool alarm = false;
  bool placed = true;  ///< false: no place known, or one off the map; it stands in the tray
};

/// Several records as one circle with their number.
struct Cluster {
  std::vector<std::size_t> records;  ///< empty where the audience may know numbers only
  std::size_t total = 0;
  std::string number;              ///< as written
  std::vector<std::size_t> parts;  ///< of `total`, per colour entry, where `records` is empty
  Vec2 home, at;
  float radius = 1;
  bool placed = true;
};

/// How one [[layer]] is shown.
struct RecordLayer {
  const LayerSpec* spec = nullptr;
  std::unique_ptr<RecordRows> rows;
  std::unique_ptr<SymbolKey> key;
  bool clustered = false;
  std::vector<Mark> marks;
  std::vector<Cluster> clusters;
};

/// Ground that symbols may use.
struct MapGround {
  LandMask land;               ///< the place's own land; unknown when it has no outline
  std::vector<Rect> reserved;  ///< legend and comb: symbols keep off
};
MapGround map_ground(const Board& board);

/// Layers that appear at the place's level, in the file's order, without roads; nothing placed yet.
std::vector<RecordLayer> gather_layers(const Board& board);
/// Decides which layers show single symbols and which clusters, and makes them at their true places.
void fill_layers(const Board& board, const TextEngine& text, const MapGround& ground,
                 std::vector<RecordLayer>& layers);
/// Moves symbols and clusters of all layers apart; what has no place on the map goes to a row at its lower
/// edge. Says in `notes` what could not be shown by itself.
void place_layers(const Board& board, const TextEngine& text, const MapGround& ground,
                  std::vector<RecordLayer>& layers, std::vector<std::string>& notes);

/// Of a kind whose single records are hidden from the audience: one cluster for each place, or for the place
/// shown, with the numbers the audience may know. Empty when the layer has conditions: nobody counted those.
std::vector<Cluster> make_counted_clusters(const Board& board, const RecordLayer& layer);
/// The numbers of the layer's legend there, by entry id, as written; entries without records are left out.
std::map<std::string, std::string> counted_entries(const Board& board, const RecordLayer& layer);
/// The finest level beneath the place whose divisions have room for a number; nullopt: nearness joins.
std::optional<geo::Level> cluster_level(const Board& board);
/// Joins a layer's records by the places they lie in where the map shows several, else by nearness.
std::vector<Cluster> make_clusters(const Board& board, const RecordLayer& layer);
/// Radius that holds the number; called before clusters are placed.
void size_clusters(const Board& board, const TextEngine& text, RecordLayer& layer);
void draw_cluster(const Board& board, const TextEngine& text, const RecordLayer& layer,
                  const Cluster& cluster, Layer& out);

}  // namespace battlemap::render
