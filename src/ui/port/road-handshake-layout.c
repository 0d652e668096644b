/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-handshake-layout.h"

#include "road-handshake-text.h"

#include <glib/gi18n.h>

/* Where the texts of a handshake's picture are. The packets are to scale; texts that would overlap move down. */

static void
mark_clear (gpointer mark)
{
  g_free (((RoadHandshakeMark *) mark)->text);
}

/* Returns: whether something is too late for the scale */
gboolean
road_handshake_layout_has_break (const RoadHandshake *handshake)
{
  g_return_val_if_fail (handshake != NULL, FALSE);

  return handshake->scale_us < handshake->duration_us;
}

/* Returns: where something at @time_us is on life lines of @length pixels, in pixels from their start */
double
road_handshake_layout_get_y (const RoadHandshake *handshake, gint64 time_us, double length)
{
  g_return_val_if_fail (handshake != NULL, 0);

  if (time_us > road_handshake_get_scale (handshake))
    return length + ROAD_HANDSHAKE_BREAK;

  return (double) time_us / (double) road_handshake_get_scale (handshake) * length;
}

static gint64
get_time_here (const RoadPacket *packet)
{
  return packet->incoming ? packet->arrived_us : packet->sent_us;
}

static void
add_mark (GArray *marks, RoadMarkPlace place, char *text, gboolean inferred, gint64 time, double at)
{
  const RoadHandshakeMark mark = { place, text, inferred, time, at, at };

  g_array_append_val (marks, mark);
}

/* A time that is already there, as of an ACK after a SYN-ACK, is not repeated. */
static void
add_time (
    GArray *marks, const RoadHandshake *handshake, gint64 time, gboolean inferred, double length)
{
  g_autofree char *text = NULL;

  if (handshake->inferred & ROAD_INFERRED_NO_TIME)
    return;

  text = road_handshake_text_time (time);
  for (guint i = 0; i < marks->len; i++)
    {
      const RoadHandshakeMark *mark = &g_array_index (marks, RoadHandshakeMark, i);

      if (mark->place == ROAD_MARK_TIME &&
          (g_str_equal (mark->text, text) || (inferred && mark->time_us == time)))
        return;
    }

  if (inferred)
    {
      char *exact = g_steal_pointer (&text);

      /* Translators: a time that is not exactly known */
      text = g_strdup_printf (_ ("≈ %s"), exact);
      g_free (exact);
    }
  add_mark (marks, ROAD_MARK_TIME, g_steal_pointer (&text), inferred, time,
            road_handshake_layout_get_y (handshake, time, length));
}

static void
add_packet (GArray *marks, const RoadHandshake *handshake, const RoadPacket *packet, double length)
{
  const double start = road_handshake_layout_get_y (handshake, packet->sent_us, length);
  const double end = road_handshake_layout_get_y (handshake, packet->arrived_us, length);
  const double fraction =
      packet->incoming ? 1 - ROAD_HANDSHAKE_IN_COLUMN : ROAD_HANDSHAKE_OUT_COLUMN;

  add_mark (marks, packet->incoming ? ROAD_MARK_IN : ROAD_MARK_OUT,
            g_strdup (road_handshake_text_packet (packet->kind)), !packet->measured,
            packet->sent_us, start + fraction * (end - start));
}

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const RoadHandshakeMark *first = a, *second = b;

  if (first->place != second->place)
    return first->place < second->place ? -1 : 1;

  return first->at < second->at ? -1 : first->at > second->at;
}

/* Moves texts down that would overlap the one above. */
static void
spread (GArray *marks, double line_height)
{
  for (guint i = 1; i < marks->len; i++)
    {
      const RoadHandshakeMark *above = &g_array_index (marks, RoadHandshakeMark, i - 1);
      RoadHandshakeMark *mark = &g_array_index (marks, RoadHandshakeMark, i);

      if (mark->place == above->place)
        mark->y = MAX (mark->y, above->y + line_height);
    }
}

/* Returns: (transfer full) (element-type RoadHandshakeMark): the texts beside life lines of @length pixels */
GArray *
road_handshake_layout_make_marks (const RoadHandshake *handshake, double length, double line_height)
{
  GArray *marks;

  g_return_val_if_fail (handshake != NULL, NULL);

  marks = g_array_new (FALSE, FALSE, sizeof (RoadHandshakeMark));
  g_array_set_clear_func (marks, mark_clear);
  for (guint i = 0; i < handshake->packets->len; i++)
    {
      const RoadPacket *packet = &g_array_index (handshake->packets, RoadPacket, i);

      add_packet (marks, handshake, packet, length);
      add_time (marks, handshake, get_time_here (packet), !packet->measured, length);
    }
  if (handshake->gave_up_us > 0)
    {
      add_time (marks, handshake, handshake->gave_up_us, FALSE, length);
      /* Translators: this computer stopped waiting for a reply */
      add_mark (marks, ROAD_MARK_OUT, g_strdup (_ ("gave up")), FALSE, handshake->gave_up_us,
                road_handshake_layout_get_y (handshake, handshake->gave_up_us, length));
    }

  else if (!handshake->ended)
    {
      add_time (marks, handshake, handshake->duration_us, FALSE, length);
    }

  g_array_sort (marks, compare_marks);
  spread (marks, line_height);

  return marks;
}

/* Returns: the height of life lines of @length pixels and the texts beside them, in pixels */
double
road_handshake_layout_get_bottom (GArray *marks, double length, double line_height)
{
  double bottom = length;

  g_return_val_if_fail (marks != NULL, length);

  for (guint i = 0; i < marks->len; i++)
    bottom = MAX (bottom, g_array_index (marks, RoadHandshakeMark, i).y + line_height / 2);

  return bottom;
}
