#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "app/window/latest_worker.hpp"
#include "render/colour_pass.hpp"
#include "render/compose.hpp"
#include "render/gl_painter.hpp"

namespace battlemap::app {

/// How far the worker takes a picture: to its colours; to its ids, which the card colours; or only to what the card needs
/// to fill them as well, for any view.
enum class PictureWork { colours, ids, style };

/// A request with the atlas it is about.
struct PictureJob {
  std::shared_ptr<const render::Atlas> atlas;
  render::SheetRequest request;
  PictureWork work = PictureWork::colours;
};

/// The map of a request, rasterised and styled.
struct Picture {
  render::SheetRequest request;
  PictureWork work = PictureWork::colours;
  std::shared_ptr<const render::IdBuffer> ids;  ///< null when the graphics card fills them
  render::MapLayer layer;
  render::Image image;  ///< blue first; empty when the graphics card colours
  bool new_ids = true;
  double milliseconds = 0;  ///< from taking the job to posting this
};

/// First and second pass off the frame's path. The ids of the last view are kept: another year, indicator,
/// class, hover or selection only styles and colours them again.
class PictureMaker {
 public:
  explicit PictureMaker(std::function<void()> wake);
  void submit(PictureJob job) { worker_.submit(std::move(job)); }
  std::optional<Picture> take() { return worker_.take(); }
  std::string take_error() { return worker_.take_error(); }
  bool has_news() const { return worker_.has_news(); }
  bool busy() const { return worker_.busy(); }
  /// A picture's image that is needed no longer: its memory serves the next one, which is sooner than getting new.
  void give_back(render::Image image);

 private:
  struct Kept {
    std::shared_ptr<const render::Atlas> atlas;
    render::SheetRequest request;
    std::shared_ptr<const render::IdBuffer> ids;
    render::KeptOutlines outlines;
  };
  std::optional<Picture> make(const PictureJob& job, const std::function<bool()>& outdated);
  bool keeps(const PictureJob& job) const;
  render::Image take_spare();

  Kept kept_;  ///< touched by the worker's thread only, as is the next
  std::chrono::steady_clock::time_point posted_;
  std::mutex spare_mutex_;
  render::Image spare_;
  LatestWorker<PictureJob, Picture> worker_;
};

/// Labels, symbols and legend of a request, composed off the frame's path.
struct LabelJob {
  std::shared_ptr<const render::Atlas> atlas;
  std::shared_ptr<const render::TextEngine> text;
  render::SheetRequest request;
};
struct Labels {
  render::SheetRequest request;
  std::shared_ptr<const render::Sheet> sheet;
};
using LabelMaker = LatestWorker<LabelJob, Labels>;
std::unique_ptr<LabelMaker> make_label_maker(std::function<void()> wake);

}  // namespace battlemap::app
