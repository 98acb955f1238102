#pragma once
#include <memory>
#include <optional>
#include <string>

#include "app/window/picture_maker.hpp"

namespace battlemap::app {

/// The map area on screen. With the gpu engine every frame is exact, filled and coloured on the card. With the cpu engine it asks its
/// workers for the picture of the newest request, keeps what they made last, and draws that reprojected until the exact one
/// arrives. So it is with labels in both. Needs a current OpenGL context.
class MapRenderer {
 public:
  MapRenderer(std::shared_ptr<const render::TextEngine> text, render::Engine engine, std::function<void()> wake);

  /// Says what should be shown; does nothing when that is under way or shown already.
  void show(const std::shared_ptr<const render::Atlas>& atlas, const render::SheetRequest& request);
  /// Takes finished work over and uploads it. True when there is something new to draw.
  bool receive();
  /// Whether receive() would find something; asks no graphics.
  bool has_news() const { return pictures_.has_news() || label_maker_->has_news(); }
  /// Receives until the picture is that of the last request, at most so many seconds.
  void wait(double seconds);
  /// Labels to a new picture, once the frame that shows it is presented: on software OpenGL they would share the cores with it.
  void start_labels();
  /// Draws into the current viewport, which is the map area in size: all of it, or nothing and returns false while there is no picture.
  bool draw(const render::View& view);
  /// The division under a pixel of the map area in the present view, read from the ids.
  std::optional<geo::DivisionRef> pick(const render::View& view, render::Vec2 pixel);
  /// Both the picture and the labels are those of the last request.
  bool exact() const;
  bool picture_exact() const;
  /// The year of the picture that draw() shows; none before the first.
  std::optional<int> year_shown() const;
  /// Labels and legend composed last, when it was from this atlas; null before the first.
  std::shared_ptr<const render::Sheet> sheet(const std::shared_ptr<const render::Atlas>& atlas) const;
  const std::optional<render::SheetRequest>& wanted() const { return wanted_; }
  /// Why the last request could not be drawn; empty when it could.
  const std::string& error() const { return error_; }
  /// Milliseconds the workers took for the last new view and the last restyling.
  double view_milliseconds() const { return view_ms_; }
  double style_milliseconds() const { return style_ms_; }

 private:
  void upload(Picture picture);
  void draw_on_card(const render::View& view);
  bool same_detail() const;
  bool fits_any_view() const;
  PictureWork work_for(const render::SheetRequest& request) const;

  std::shared_ptr<const render::TextEngine> text_;
  bool on_card_ = false;   ///< ids are filled there
  bool colour_on_cpu_;
  bool warm_ = false, warm_for_zoom_ = false;
  bool restyled_ = false;  ///< the card has not seen the style of `picture_` yet
  std::weak_ptr<const geo::Coverage> overlapping_;  ///< whose cells overlap: only scanlines say which of them wins
  std::optional<render::View> filled_;              ///< view of the ids on the card
  render::GlPainter painter_;
  std::shared_ptr<const render::Atlas> atlas_;
  std::optional<render::SheetRequest> wanted_;
  std::optional<Picture> picture_;
  Labels labels_;
  bool picture_came_ = false;  ///< since start_labels()
  bool labels_due_ = false;  ///< wait for the picture and its frame
  std::string error_;
  double view_ms_ = 0, style_ms_ = 0;
  PictureMaker pictures_;
  std::unique_ptr<LabelMaker> label_maker_;
};

}  // namespace battlemap::app
