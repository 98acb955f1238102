// The part of WindowApp that loads: the project, its records in the background, all anew for another audience.
#include <utility>

#include "app/window/window_app.hpp"
#include "geo/error.hpp"
#include "geo/pack_builder.hpp"

namespace battlemap::app {

std::unique_ptr<AtlasLoader> WindowApp::load_project() const {
  return std::make_unique<AtlasLoader>(LoadOrder{options_.project, options_.audience, false, options_.start.map}, &Shell::wake);
}

void WindowApp::start_loading() {
  loading_ = {options_.project.string(), {}, 0, {}, false};
  loader_ = load_project();
}

void WindowApp::take_project() {
  const auto progress = loader_->progress();
  loading_.step = progress.step, loading_.fraction = progress.fraction;
  auto outcome = loader_->take();
  if (!outcome) return;
  loader_.reset();
  loading_.error = outcome->error, loading_.data_missing = outcome->data_missing;
  if (!outcome->error.empty() && (script_ || options_.screenshot)) geo::fail("{}", outcome->error);
  if (outcome->atlas) open_session(std::move(outcome->atlas));
}

void WindowApp::open_session(std::shared_ptr<const render::Atlas> atlas) {
  session_.emplace(std::move(atlas), options_.start, map_size(layout()));
  session_->view.resize(map_size(layout()));  // which map is shown decides what stands beside it
  session_->now = shell_.now();
  ask_for_picture();
  shell_.set_title(session_->dataset().project.title.in(options_.start.language) + " · battlemap");
  if (options_.screenshot) return;
  if (!session_->dataset().source_identity.empty())
    start_packing();
  else if (!session_->has_records())
    start_records();
}

/// While the picture is shown already. Records are read afterwards, from the pack.
void WindowApp::start_packing() {
  session_->packing = 0;
  packing_ = std::make_unique<FileJob>(
      [atlas = session_->atlas](const FileJob::Progress& progress) {
        return geo::pack_loaded(atlas->dataset, [&](const std::string&, double share) { progress(share); });
      },
      nullptr, &Shell::wake);
}

/// A pack is smaller and drawn faster than what was loaded: it is opened instead.
void WindowApp::take_pack() {
  session_->packing = packing_->progress();
  const auto outcome = packing_->take();
  if (!outcome) return;
  packing_.reset();
  session_->packing.reset();
  if (!outcome->error.empty())
    session_->say(fmt::format("{}: {}", text_of(Str::packing_failed, session_->view.language()), outcome->error), false);
  if (!outcome->written.empty() && (session_->has_records() || session_->dataset().project.records.empty()))
    reload(session_->has_records());
  else if (!session_->has_records())
    start_records();
}

/// After the first picture could be drawn, so that a window without records is there as soon as ever.
void WindowApp::start_records() {
  if (session_->dataset().project.records.empty()) return;
  session_->records_loading = 0;
  reload(true);
}

void WindowApp::reload(bool records) {
  records_loader_ = std::make_unique<AtlasLoader>(
      LoadOrder{options_.project, session_->dataset().audience, records, {}}, &Shell::wake);
}

void WindowApp::take_records() {
  if (session_->records_loading) session_->records_loading = records_loader_->progress().fraction;
  auto outcome = records_loader_->take();
  if (!outcome) return;
  records_loader_.reset();
  session_->records_loading.reset();
  if (outcome->atlas)
    replace_atlas(*session_, std::move(outcome->atlas));
  else
    session_->say(fmt::format("{}: {}", text_of(Str::records_failed, session_->view.language()), outcome->error), true);
}

void WindowApp::switch_audience() {
  const geo::Audience wanted = *std::exchange(session_->audience_wanted, std::nullopt);
  if (wanted == session_->dataset().audience || audience_loader_ || export_ || print_) return;
  const bool records = session_->has_records() || session_->records_loading || packing_;
  packing_.reset();
  session_->packing.reset();
  records_loader_.reset();
  session_->records_loading.reset();
  for (std::size_t i = 0; sheets_ && i < slot_count; ++i) sheets_->want(static_cast<Slot>(i), std::nullopt);
  loading_ = {text_of(Str::audience_switching, session_->view.language()), {}, 0, {}, false};
  audience_loader_ =
      std::make_unique<AtlasLoader>(LoadOrder{options_.project, wanted, records, {}}, &Shell::wake);
}

void WindowApp::take_audience() {
  const auto progress = audience_loader_->progress();
  loading_.step = progress.step, loading_.fraction = progress.fraction;
  auto outcome = audience_loader_->take();
  if (!outcome) return;
  audience_loader_.reset();
  if (outcome->atlas) {
    former_ = session_->atlas;
    replace_atlas(*session_, std::move(outcome->atlas));
    session_->pictures = {};
  } else {
    session_->say(outcome->error, true);
  }
}

}  // namespace battlemap::app
