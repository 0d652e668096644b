/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The times between frames, in ms, of the thread that made it. Those "of our own" leave out how long this thread was
 * ready to run but another one had the processor: on a busy machine that delays frames through no fault of the window. */
typedef struct
{
  GArray *gaps;     /* of double */
  GArray *own_gaps; /* of double */
  gint64 first_frame;
  gint64 last_frame;
  gint64 last_waited;
  double longest_late; /* the longest of @own_gaps that began after the first second */
  int schedstat;
} FrameTimes;

void frame_times_init (FrameTimes *self);
void frame_times_clear (FrameTimes *self);
void frame_times_begin (FrameTimes *self);
void frame_times_note (FrameTimes *self);
double frame_times_get_percentile (FrameTimes *self, double fraction);
double frame_times_get_own_percentile (FrameTimes *self, double fraction);

G_END_DECLS
