/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-selection.h"

struct _RoadSelection
{
  GObject parent_instance;

  RoadHost *host;
  int port;
};

G_DEFINE_FINAL_TYPE (RoadSelection, road_selection, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

static void
road_selection_finalize (GObject *object)
{
  g_clear_object (&ROAD_SELECTION (object)->host);

  G_OBJECT_CLASS (road_selection_parent_class)->finalize (object);
}

static void
road_selection_class_init (RoadSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = road_selection_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
road_selection_init (RoadSelection *self)
{
  self->port = ROAD_SELECTION_HOST;
}

RoadSelection *
road_selection_new (void)
{
  return g_object_new (ROAD_TYPE_SELECTION, NULL);
}

/* Returns: (transfer none) (nullable): %NULL if nothing is selected, or more than one row */
RoadHost *
road_selection_get_host (RoadSelection *self)
{
  g_return_val_if_fail (ROAD_IS_SELECTION (self), NULL);

  return self->host;
}

/* Returns: a port of the host, or %ROAD_SELECTION_HOST */
int
road_selection_get_port (RoadSelection *self)
{
  g_return_val_if_fail (ROAD_IS_SELECTION (self), ROAD_SELECTION_HOST);

  return self->port;
}

/* @host: (nullable): %NULL to select nothing
 * @port: a port of @host, or %ROAD_SELECTION_HOST */
void
road_selection_set (RoadSelection *self, RoadHost *host, int port)
{
  g_return_if_fail (ROAD_IS_SELECTION (self));
  g_return_if_fail (host == NULL || ROAD_IS_HOST (host));
  g_return_if_fail (port >= ROAD_SELECTION_HOST && port <= G_MAXUINT16);

  if (host == NULL)
    port = ROAD_SELECTION_HOST;
  if (self->host == host && self->port == port)
    return;

  g_set_object (&self->host, host);
  self->port = port;
  g_signal_emit (self, signals[CHANGED], 0);
}
