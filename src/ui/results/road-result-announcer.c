/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-announcer.h"

#include "road-result-text.h"
#include "engine/base/road-text-escape.h"

#include <dlfcn.h>
#include <glib/gi18n.h>

/* Long enough for the last announcement to be read. */
#define PAUSE_S 5

struct _RoadResultAnnouncer
{
  GtkWidget parent_instance;

  RoadReport *report;
  guint source;
  guint64 n_up; /* as last announced */
  guint64 n_open;
};

G_DEFINE_FINAL_TYPE (RoadResultAnnouncer, road_result_announcer, GTK_TYPE_WIDGET)

typedef void (*AnnounceFunc) (GtkAccessible *accessible, const char *message, int priority);

static void
announce_found (RoadResultAnnouncer *self)
{
  RoadProfile *profile = road_report_get_profile (self->report);
  g_autofree char *text = NULL;

  self->n_up = road_report_get_n_hosts (self->report, ROAD_HOST_UP);
  self->n_open = road_report_get_n_ports (self->report, ROAD_PORT_OPEN);
  text =
      road_result_text_found (road_report_get_status (self->report), self->n_up,
                              road_report_get_n_hosts (self->report, ROAD_HOST_DOWN), self->n_open,
                              road_profile_get_only_discovers (profile), self->report);
  road_result_announcer_announce (self, text);
}

static gboolean
announce_finds (gpointer user_data)
{
  RoadResultAnnouncer *self = user_data;

  if (self->n_up != road_report_get_n_hosts (self->report, ROAD_HOST_UP) ||
      self->n_open != road_report_get_n_ports (self->report, ROAD_PORT_OPEN))
    announce_found (self);

  return G_SOURCE_CONTINUE;
}

static void
on_status_changed (RoadResultAnnouncer *self)
{
  if (road_report_get_status (self->report) == ROAD_REPORT_RUNNING)
    {
      g_autofree char *targets = road_text_label (road_report_get_targets (self->report));
      /* Translators: said by screen readers when a scan starts, with its targets */
      g_autofree char *text = g_strdup_printf (_ ("Scanning %s"), targets);

      road_result_announcer_announce (self, text);
      if (self->source == 0)
        self->source = g_timeout_add_seconds (PAUSE_S, announce_finds, self);
      return;
    }

  g_clear_handle_id (&self->source, g_source_remove);
  announce_found (self);
}

static void
road_result_announcer_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

static void
road_result_announcer_dispose (GObject *object)
{
  road_result_announcer_set_report (ROAD_RESULT_ANNOUNCER (object), NULL);

  G_OBJECT_CLASS (road_result_announcer_parent_class)->dispose (object);
}

static void
road_result_announcer_class_init (RoadResultAnnouncerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_result_announcer_dispose;
  widget_class->measure = road_result_announcer_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
road_result_announcer_init (RoadResultAnnouncer *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/* Says @text after what is being said. Before GTK 4.14 nothing can be announced, but screen readers tell the user
 * when the name of a status changes. Later the window has to say it: a widget says nothing until the screen reader
 * has been at it, which it need not have been at a status without a size. */
void
road_result_announcer_announce (RoadResultAnnouncer *self, const char *text)
{
  AnnounceFunc announce_func = (AnnounceFunc) dlsym (RTLD_DEFAULT, "gtk_accessible_announce");
  GtkRoot *window;

  g_return_if_fail (ROAD_IS_RESULT_ANNOUNCER (self));
  g_return_if_fail (text != NULL);

  window = gtk_widget_get_root (GTK_WIDGET (self));
  if (announce_func == NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  else if (window != NULL)
    announce_func (GTK_ACCESSIBLE (window), text, 0 /* GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW */);
}

/* @report: (nullable) */
void
road_result_announcer_set_report (RoadResultAnnouncer *self, RoadReport *report)
{
  g_return_if_fail (ROAD_IS_RESULT_ANNOUNCER (self));
  g_return_if_fail (report == NULL || ROAD_IS_REPORT (report));

  if (self->report == report)
    return;

  if (self->report != NULL)
    g_signal_handlers_disconnect_by_data (self->report, self);
  g_clear_handle_id (&self->source, g_source_remove);
  self->n_up = 0;
  self->n_open = 0;
  g_set_object (&self->report, report);
  if (report == NULL)
    return;

  g_signal_connect_object (report, "notify::status", G_CALLBACK (on_status_changed), self,
                           G_CONNECT_SWAPPED);
  on_status_changed (self);
}
