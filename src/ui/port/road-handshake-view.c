/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-handshake-view.h"

#include "road-handshake-picture.h"
#include "road-handshake-text.h"

/* In pixels. */
#define MIN_WIDTH 200
#define NATURAL_WIDTH 276

/* Of replays. */
#define MIN_REPLAY_US (4 * G_USEC_PER_SEC)
#define MAX_REPLAY_US (8 * G_USEC_PER_SEC)
#define STEP_MS 900 /* without animations: from one packet to the next */

struct _RoadHandshakeView
{
  GtkWidget parent_instance;

  RoadHandshake *handshake; /* NULL: nothing to show */
  char *host;
  char *description;
  gboolean compact;

  double replay_us; /* in the time of the handshake; negative: all is shown */
  gint64 replay_started;
  guint tick_callback;
  guint step_source;
};

G_DEFINE_FINAL_TYPE (RoadHandshakeView, road_handshake_view, GTK_TYPE_WIDGET)

static RoadHandshakePicture
get_picture (RoadHandshakeView *self)
{
  return (RoadHandshakePicture){
    .widget = GTK_WIDGET (self),
    .handshake = self->handshake,
    .host = self->host,
    .compact = self->compact,
    .replay_us = self->replay_us,
  };
}

static void
road_handshake_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoadHandshakeView *self = ROAD_HANDSHAKE_VIEW (widget);
  const RoadHandshakePicture picture = get_picture (self);

  if (self->handshake != NULL)
    road_handshake_picture_snapshot (&picture, snapshot);
}

static void
road_handshake_view_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  RoadHandshakeView *self = ROAD_HANDSHAKE_VIEW (widget);
  const RoadHandshakePicture picture = get_picture (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }

  *minimum = *natural = road_handshake_picture_measure (&picture);
}

/* Replays. */

static void
stop_replay (RoadHandshakeView *self)
{
  if (self->tick_callback != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_callback);
  self->tick_callback = 0;
  g_clear_handle_id (&self->step_source, g_source_remove);
  self->replay_us = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RoadHandshakeView *self = ROAD_HANDSHAKE_VIEW (widget);
  const double duration = (double) road_handshake_get_scale (self->handshake);
  const double length = CLAMP (duration * 2, MIN_REPLAY_US, MAX_REPLAY_US);
  const gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (self->replay_started == 0)
    self->replay_started = now;
  /* Packets that are sent at the very end fly on. */
  self->replay_us =
      (double) (now - self->replay_started) / length * duration * (1 + ROAD_HANDSHAKE_MIN_FLIGHT);

  if (self->replay_us < duration * (1 + ROAD_HANDSHAKE_MIN_FLIGHT))
    {
      gtk_widget_queue_draw (widget);
      return G_SOURCE_CONTINUE;
    }

  self->tick_callback = 0;
  stop_replay (self);

  return G_SOURCE_REMOVE;
}

/* Without animations: shows one more packet. */
static gboolean
step (gpointer user_data)
{
  RoadHandshakeView *self = user_data;
  const double least =
      (double) road_handshake_get_scale (self->handshake) * ROAD_HANDSHAKE_MIN_FLIGHT;

  for (guint i = 0; i < self->handshake->packets->len; i++)
    {
      const RoadPacket *packet = &g_array_index (self->handshake->packets, RoadPacket, i);
      const double arrived = MAX ((double) packet->arrived_us, (double) packet->sent_us + least);

      if (arrived > self->replay_us)
        {
          self->replay_us = arrived;
          gtk_widget_queue_draw (GTK_WIDGET (self));
          return G_SOURCE_CONTINUE;
        }
    }

  self->step_source = 0;
  stop_replay (self);

  return G_SOURCE_REMOVE;
}

static void
road_handshake_view_dispose (GObject *object)
{
  RoadHandshakeView *self = ROAD_HANDSHAKE_VIEW (object);

  stop_replay (self);
  g_clear_pointer (&self->handshake, road_handshake_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (road_handshake_view_parent_class)->dispose (object);
}

static void
road_handshake_view_class_init (RoadHandshakeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_handshake_view_dispose;
  widget_class->snapshot = road_handshake_view_snapshot;
  widget_class->measure = road_handshake_view_measure;

  gtk_widget_class_set_css_name (widget_class, "handshake");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
road_handshake_view_init (RoadHandshakeView *self)
{
  self->replay_us = -1;
}

static void
describe (RoadHandshakeView *self)
{
  g_autofree char *description =
      self->handshake != NULL ? road_handshake_text_describe (self->handshake, self->host) : NULL;

  if (g_strcmp0 (description, self->description) == 0)
    return;

  g_free (self->description);
  self->description = g_steal_pointer (&description);
  if (self->description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    self->description, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* @handshake: (transfer full) (nullable): what to show
 * @host: (nullable): the name of the host, for which the text of the picture has room */
void
road_handshake_view_set_handshake (RoadHandshakeView *self,
                                   RoadHandshake *handshake,
                                   const char *host)
{
  g_return_if_fail (ROAD_IS_HANDSHAKE_VIEW (self));
  g_return_if_fail (handshake == NULL || host != NULL);

  /* A replay is not to be disturbed. */
  if (handshake != NULL && self->handshake != NULL && g_str_equal (host, self->host) &&
      road_handshake_equal (handshake, self->handshake))
    {
      road_handshake_free (handshake);
      return;
    }

  stop_replay (self);
  g_clear_pointer (&self->handshake, road_handshake_free);
  self->handshake = handshake;
  g_free (self->host);
  self->host = g_strdup (host);

  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* @compact: whether it is smaller, and without ports */
void
road_handshake_view_set_compact (RoadHandshakeView *self, gboolean compact)
{
  g_return_if_fail (ROAD_IS_HANDSHAKE_VIEW (self));

  self->compact = compact;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Shows the packets one after another, slower than they were; without animations, one by one. */
void
road_handshake_view_replay (RoadHandshakeView *self)
{
  gboolean animations;

  g_return_if_fail (ROAD_IS_HANDSHAKE_VIEW (self));

  stop_replay (self);
  if (self->handshake == NULL || self->handshake->packets->len == 0)
    return;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  self->replay_us = 0;
  self->replay_started = 0;
  if (animations)
    self->tick_callback = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  else
    {
      self->replay_us = -0.5;
      step (self);
      self->step_source = g_timeout_add (STEP_MS, step, self);
    }
}
