/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "frame-times.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LATE_US G_USEC_PER_SEC

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return *x < *y ? -1 : *x > *y;
}

static double
get_percentile (GArray *gaps, double fraction)
{
  g_autoptr (GArray) sorted = g_array_copy (gaps);

  if (sorted->len == 0)
    return 0;
  g_array_sort (sorted, compare_doubles);

  return g_array_index (sorted, double, (guint) ((double) (sorted->len - 1) * fraction));
}

/* The time in µs that this thread was ready to run but waited for a processor: the second number of the
 * kernel's schedstat. */
static gint64
get_waited (FrameTimes *self)
{
  char text[128] = "";
  const char *waited;

  if (pread (self->schedstat, text, sizeof text - 1, 0) <= 0)
    return 0;

  waited = strchr (text, ' ');

  return waited != NULL ? g_ascii_strtoll (waited, NULL, 10) / 1000 : 0;
}

void
frame_times_init (FrameTimes *self)
{
  *self = (FrameTimes){
    .gaps = g_array_new (FALSE, FALSE, sizeof (double)),
    .own_gaps = g_array_new (FALSE, FALSE, sizeof (double)),
    .schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC),
  };
}

void
frame_times_clear (FrameTimes *self)
{
  g_array_unref (self->gaps);
  g_array_unref (self->own_gaps);
  close (self->schedstat);
}

/* Forgets what was noted. */
void
frame_times_begin (FrameTimes *self)
{
  self->last_frame = 0;
  self->longest_late = 0;
  g_array_set_size (self->gaps, 0);
  g_array_set_size (self->own_gaps, 0);
}

/* Call it in each frame, from a tick callback. */
void
frame_times_note (FrameTimes *self)
{
  const gint64 now = g_get_monotonic_time ();
  const gint64 waited = get_waited (self);

  if (self->last_frame != 0)
    {
      const double gap = (double) (now - self->last_frame) / 1000;
      const double own_gap = gap - (double) (waited - self->last_waited) / 1000;

      g_array_append_val (self->gaps, gap);
      g_array_append_val (self->own_gaps, own_gap);
      if (self->last_frame - self->first_frame > LATE_US)
        self->longest_late = MAX (self->longest_late, own_gap);
    }
  else
    {
      self->first_frame = now;
    }

  self->last_frame = now;
  self->last_waited = waited;
}

double
frame_times_get_percentile (FrameTimes *self, double fraction)
{
  return get_percentile (self->gaps, fraction);
}

double
frame_times_get_own_percentile (FrameTimes *self, double fraction)
{
  return get_percentile (self->own_gaps, fraction);
}
