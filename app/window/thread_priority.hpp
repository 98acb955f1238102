#pragma once

namespace battlemap::app {

/// Has the calling thread, and the threads it starts from now on, give way to the one that draws frames.
void yield_to_frames();

}  // namespace battlemap::app
