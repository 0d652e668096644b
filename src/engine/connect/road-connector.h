/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "road-outcome.h"

G_BEGIN_DECLS

/**
 * RoadProbe:
 * @address: the address to connect to
 * @port: the port
 * @timeout_ms: how long to wait for an answer, in ms
 * @tag: whatever the owner wants to find again in the outcome; no two probes that are pending at the
 *   same time may have the same
 *
 * One attempt to connect.
 */
typedef struct
{
  RoadAddress address;
  guint16 port;
  guint timeout_ms;
  gpointer tag;
} RoadProbe;

/**
 * RoadConnectorFunc:
 * @probes: (array length=n): probes that ended
 * @outcomes: (array length=n): how they ended; cleared by the connector afterwards
 * @n: how many
 * @user_data: what the connector was given
 *
 * Called in the owner's main context with what has ended since the last call.
 */
typedef void (*RoadConnectorFunc) (const RoadProbe *probes,
                                   const RoadOutcome *outcomes,
                                   guint n,
                                   gpointer user_data);

/**
 * RoadConnector:
 *
 * Connects and deadlines, nothing else: starts probes, gives them up and hands back one outcome for
 * each. The owner is the thread that made it; all functions but road_connector_report() are the
 * owner's.
 */
#define ROAD_TYPE_CONNECTOR (road_connector_get_type ())
G_DECLARE_DERIVABLE_TYPE (RoadConnector, road_connector, ROAD, CONNECTOR, GObject)

/**
 * RoadConnectorClass:
 * @start: see road_connector_start()
 * @give_up: see road_connector_give_up()
 * @give_up_all: see road_connector_give_up_all()
 *
 * What a connector has to implement. It ends each probe with road_connector_report(), and calls
 * road_connector_dispatch() from the owner's main context.
 */
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

/* For connectors. */
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
