/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-port-count.h"

#include "road-port-picture.h"
#include "ui/widgets/road-state-icon.h"

#include <glib/gi18n.h>

/* In logical pixels. */
#define SWATCH_SIDE 14
#define SPACING 6

struct _RoadPortCount
{
  GtkWidget parent_instance;

  RoadPortState state;
  GdkTexture *swatch; /* NULL: has to be drawn */
  GtkWidget *icon;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (RoadPortCount, road_port_count, GTK_TYPE_WIDGET)

static char *
describe (RoadPortState state, guint n)
{
  switch (state)
    {
    case ROAD_PORT_OPEN:
      return g_strdup_printf (ngettext ("%'u open", "%'u open", n), n);
    case ROAD_PORT_CLOSED:
      /* Translators: the number of closed ports */
      return g_strdup_printf (ngettext ("%'u closed", "%'u closed", n), n);
    case ROAD_PORT_FILTERED:
      /* Translators: the number of filtered ports */
      return g_strdup_printf (ngettext ("%'u filtered", "%'u filtered", n), n);
    case ROAD_PORT_UNKNOWN:
    default:
      /* Translators: the number of ports that were not scanned */
      return g_strdup_printf (ngettext ("%'u not scanned", "%'u not scanned", n), n);
    }
}

static void
road_port_count_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoadPortCount *self = ROAD_PORT_COUNT (widget);
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int x = rtl ? gtk_widget_get_width (widget) - SWATCH_SIDE : 0;
  const int y = (gtk_widget_get_height (widget) - SWATCH_SIDE) / 2;

  if (self->swatch == NULL)
    self->swatch = road_port_picture_new_swatch (widget, self->state, SWATCH_SIDE);

  gtk_snapshot_append_texture (snapshot, self->swatch,
                               &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) SWATCH_SIDE,
                                                    (float) SWATCH_SIDE));
  GTK_WIDGET_CLASS (road_port_count_parent_class)->snapshot (widget, snapshot);
}

static void
redraw (RoadPortCount *self)
{
  g_clear_object (&self->swatch);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
road_port_count_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (road_port_count_parent_class)->css_changed (widget, change);
  redraw (ROAD_PORT_COUNT (widget));
}

static void
road_port_count_dispose (GObject *object)
{
  RoadPortCount *self = ROAD_PORT_COUNT (object);

  g_clear_object (&self->swatch);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (road_port_count_parent_class)->dispose (object);
}

static void
road_port_count_class_init (RoadPortCountClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_port_count_dispose;
  widget_class->snapshot = road_port_count_snapshot;
  widget_class->css_changed = road_port_count_css_changed;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "portcount");
}

static void
road_port_count_init (RoadPortCount *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->icon = gtk_image_new ();
  gtk_widget_set_margin_start (self->icon, SWATCH_SIDE + SPACING);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (self->label, "numbers");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (redraw), NULL);
}

void
road_port_count_set (RoadPortCount *self, RoadPortState state, guint n_ports)
{
  const RoadStateIcon *icon = road_state_icon_for_port (state);
  const char *const classes[] = { icon->css_class, NULL };
  g_autofree char *text = describe (state, n_ports);

  g_return_if_fail (ROAD_IS_PORT_COUNT (self));

  self->state = state;
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon->icon_name);
  gtk_widget_set_css_classes (self->icon, (const char **) classes);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  redraw (self);
}
