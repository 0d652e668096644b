/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-filter.h"

struct _RoadFilter
{
  GObject parent_instance;

  char *text;
  RoadFilterQuery *query;
  guint states; /* a bit for each state that was chosen; 0 if none was, which means all */
  gint64 now;   /* for certificates, in seconds since 1970; 0: now */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoadFilter, road_filter, G_TYPE_OBJECT)

static void
road_filter_finalize (GObject *object)
{
  RoadFilter *self = ROAD_FILTER (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->query, road_filter_query_free);

  G_OBJECT_CLASS (road_filter_parent_class)->finalize (object);
}

static void
road_filter_class_init (RoadFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_filter_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_filter_init (RoadFilter *self)
{
  self->text = g_strdup ("");
  self->query = road_filter_query_parse ("");
}

RoadFilter *
road_filter_new (void)
{
  return g_object_new (ROAD_TYPE_FILTER, NULL);
}

/* @states: a bit for each state to show, or 0 for all */
void
road_filter_set (RoadFilter *self, const char *text, guint states)
{
  g_return_if_fail (ROAD_IS_FILTER (self));
  g_return_if_fail (text != NULL);

  if (self->states == states && g_str_equal (self->text, text))
    return;

  if (!g_str_equal (self->text, text))
    {
      road_filter_query_free (self->query);
      self->query = road_filter_query_parse (text);
      if (self->now != 0)
        road_filter_query_set_time (self->query, self->now);
      g_free (self->text);
      self->text = g_strdup (text);
    }
  self->states = states;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @now: when certificates are judged, in seconds since 1970: for a report, when its scan ended; 0 is now */
void
road_filter_set_time (RoadFilter *self, gint64 now)
{
  g_return_if_fail (ROAD_IS_FILTER (self));

  self->now = now;
  road_filter_query_set_time (self->query, now != 0 ? now : g_get_real_time () / G_USEC_PER_SEC);
}

/* Returns: whether anything may be hidden */
gboolean
road_filter_get_active (RoadFilter *self)
{
  g_return_val_if_fail (ROAD_IS_FILTER (self), FALSE);

  return self->states != 0 || !road_filter_query_is_empty (self->query);
}

/* Returns: (nullable): what is wrong with the text */
const RoadFilterFault *
road_filter_get_fault (RoadFilter *self)
{
  g_return_val_if_fail (ROAD_IS_FILTER (self), NULL);

  return road_filter_query_get_fault (self->query);
}

/* @n_ports: (out): how many ports of @host match the text, by state. Returns: whether @host has anything to
 * show */
gboolean
road_filter_matches (RoadFilter *self, RoadHost *host, guint n_ports[ROAD_N_PORT_STATES])
{
  gboolean matches;

  g_return_val_if_fail (ROAD_IS_FILTER (self), FALSE);
  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  if (road_filter_query_is_empty (self->query))
    {
      for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
        n_ports[state] = road_host_get_n_ports (host, (RoadPortState) state);
      matches = TRUE;
    }
  else
    {
      matches = road_filter_query_count (self->query, host, n_ports);
    }

  if (self->states == 0 && matches)
    return TRUE;

  for (guint state = 0; state < ROAD_N_PORT_STATES; state++)
    {
      if (n_ports[state] > 0 && (self->states == 0 || (self->states & (1u << state)) != 0))
        return TRUE;
    }

  return FALSE;
}

static guint
get_states (RoadFilter *self)
{
  return self->states != 0 ? self->states : G_MAXUINT;
}

/* See road_filter_query_count_rows(). */
guint
road_filter_count_rows (RoadFilter *self, RoadHost *host)
{
  g_return_val_if_fail (ROAD_IS_FILTER (self), 0);

  return road_filter_query_count_rows (self->query, host, get_states (self));
}

/* See road_filter_query_list(). */
GArray *
road_filter_list (RoadFilter *self, RoadHost *host, GArray *counts)
{
  g_return_val_if_fail (ROAD_IS_FILTER (self), NULL);
  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);
  g_return_val_if_fail (counts != NULL, NULL);

  return road_filter_query_list (self->query, host, get_states (self), counts);
}

/* See road_filter_query_dup_counted(). */
RoadPortSet *
road_filter_dup_counted (RoadFilter *self, RoadHost *host, RoadPortState state, RoadReason reason)
{
  g_return_val_if_fail (ROAD_IS_FILTER (self), road_port_set_new_empty ());
  g_return_val_if_fail (ROAD_IS_HOST (host), road_port_set_new_empty ());

  return road_filter_query_dup_counted (self->query, host, state, reason);
}
