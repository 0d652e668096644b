/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-outcome.h"

G_BEGIN_DECLS

/* One connect to one port. */
typedef struct
{
  RoadAddress address;
  guint16 port;
  guint timeout_ms; /* how long to wait for an answer, in ms */
  gpointer tag;     /* the owner's data; pending probes must have different tags */
} RoadProbe;

/**
 * RoadConnectorFunc:
 * @probes: (array length=n): probes that ended
 * @outcomes: (array length=n): their outcomes; cleared by the connector afterwards
 * @n: the length of both
 * @user_data: what the connector was given
 *
 * Called in the owner's main context with the probes that have ended since the last call.
 */
typedef void (*RoadConnectorFunc) (const RoadProbe *probes,
                                   const RoadOutcome *outcomes,
                                   guint n,
                                   gpointer user_data);

/* Starts probes, gives them up and returns one outcome for each. Knows about connects and timeouts, nothing
 * else. Its owner is the thread that made it; only road_connector_report() may be called from others. */
#define ROAD_TYPE_CONNECTOR (road_connector_get_type ())
G_DECLARE_DERIVABLE_TYPE (RoadConnector, road_connector, ROAD, CONNECTOR, GObject)

/* A subclass ends each probe with road_connector_report() and calls road_connector_dispatch() from the
 * owner's main context. */
struct _RoadConnectorClass
{
  GObjectClass parent_class;

  void (*start) (RoadConnector *self, const RoadProbe *probes, guint n_probes);
  void (*give_up) (RoadConnector *self, gpointer tag);
  void (*give_up_all) (RoadConnector *self);
};

void road_connector_start (RoadConnector *self, const RoadProbe *probes, guint n_probes);
void road_connector_give_up (RoadConnector *self, gpointer tag);
void road_connector_give_up_all (RoadConnector *self);
guint road_connector_get_n_pending (RoadConnector *self);

/* For subclasses. */
RoadConnector *road_connector_new (GType type, RoadConnectorFunc func, gpointer user_data);
gboolean road_connector_report (RoadConnector *self,
                                const RoadProbe *probes,
                                const RoadOutcome *outcomes,
                                guint n);
void road_connector_dispatch (RoadConnector *self);
GSource *
road_connector_add_source (GMainContext *context, int fd, GSourceFunc func, gpointer user_data);
void road_connector_remove_source (GSource **source);

G_END_DECLS
