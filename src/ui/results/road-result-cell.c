/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-cell.h"

#include "road-port-row.h"
#include "road-result-text.h"
#include "engine/ports/road-services.h"
#include "engine/base/road-text-escape.h"

/* There are thousands of cells, and creating them takes most of the window's time, so each has only the
 * children that its column needs, and no template. Names of hosts are untrusted: they are escaped and
 * never set as markup. */
struct _RoadResultCell
{
  GtkWidget parent_instance;

  RoadColumn column;
  GObject *item;

  GtkWidget *icon;   /* of the state */
  GtkWidget *label;  /* in all columns */
  GtkWidget *detail; /* the address beside a host's name */
};

/* Always shown of a host's name, however narrow the column is, in characters. */
#define MIN_NAME 12

G_DEFINE_FINAL_TYPE (RoadResultCell, road_result_cell, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon_name;
  const char *css_class;
} port_icons[ROAD_N_PORT_STATES] = {
  [ROAD_PORT_UNKNOWN] = { "road-unknown-symbolic", "state-unknown" },
  [ROAD_PORT_OPEN] = { "road-open-symbolic", "state-open" },
  [ROAD_PORT_CLOSED] = { "road-closed-symbolic", "state-closed" },
  [ROAD_PORT_FILTERED] = { "road-filtered-symbolic", "state-filtered" },
}, host_icons[] = {
  [ROAD_HOST_UNKNOWN] = { "road-unknown-symbolic", "state-unknown" },
  [ROAD_HOST_UP] = { "road-up-symbolic", "state-up" },
  [ROAD_HOST_DOWN] = { "road-down-symbolic", "state-closed" },
};

/* In characters. With the minimum, columns keep their width while rows are added; the maximum leaves room
 * for languages with longer words and for reasons with a sender. */
static const struct
{
  int min;
  int max;
} widths[ROAD_N_COLUMNS] = {
  [ROAD_COLUMN_TITLE] = { -1, -1 },   [ROAD_COLUMN_STATE] = { 12, 24 },
  [ROAD_COLUMN_SERVICE] = { 13, 18 }, [ROAD_COLUMN_VERSION] = { 16, 40 },
  [ROAD_COLUMN_REASON] = { 22, 40 },  [ROAD_COLUMN_LATENCY] = { 7, 12 },
};

/* Screen readers would read the type name of an empty label. */
static void
set_label (GtkWidget *label, const char *text)
{
  const char *old_text = gtk_label_get_text (GTK_LABEL (label));

  if (g_strcmp0 (old_text, text) == 0)
    return;

  if ((*old_text == '\0') != (*text == '\0'))
    gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN, *text == '\0',
                                 -1);

  gtk_label_set_text (GTK_LABEL (label), text);
}

/* Setting a tooltip makes GTK query the pointer position from the display, which blocks. */
static void
set_tooltip (RoadResultCell *self, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), text) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

static void
set_icon (RoadResultCell *self, const char *icon_name, const char *css_class)
{
  const char *const classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self), (const char **) classes);
}

/* What another scanner found, in one line. The tooltip has the rest. */
static char *
show_extra (RoadResultCell *self, RoadHost *host, int port)
{
  g_autofree char *notes = road_result_text_notes (host, port);

  set_tooltip (self, *notes != '\0' ? notes : NULL);

  return road_result_text_version (host, port);
}

/* If space is short, the address is ellipsized before the name. */
static void
set_name (GtkWidget *label, const char *name)
{
  gboolean is_short = g_utf8_strlen (name, -1) <= MIN_NAME;

  gtk_label_set_ellipsize (GTK_LABEL (label),
                           is_short ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), is_short ? -1 : MIN_NAME);
  set_label (label, name);
}

static void
update_for_host (RoadResultCell *self, RoadHost *host)
{
  RoadHostState state = road_host_get_state (host);
  g_autofree char *text = NULL;

  switch (self->column)
    {
    case ROAD_COLUMN_TITLE:
      text = road_result_text_host_title (host);
      set_name (self->label, text);
      gtk_widget_add_css_class (self->label, "host");
      gtk_widget_set_visible (self->detail, g_strcmp0 (road_host_get_title (host),
                                                       road_host_get_address_string (host)) != 0);
      set_label (self->detail, road_host_get_address_string (host));
      return;
    case ROAD_COLUMN_STATE:
      text = road_result_text_host_state (host);
      set_icon (self, host_icons[state].icon_name, host_icons[state].css_class);
      break;
    case ROAD_COLUMN_VERSION:
      text = show_extra (self, host, ROAD_NOTE_HOST);
      break;
    case ROAD_COLUMN_REASON:
      text = road_result_text_reason (road_host_get_reason (host), NULL);
      set_tooltip (self, road_result_text_explain_reason (road_host_get_reason (host)));
      break;
    case ROAD_COLUMN_LATENCY:
      text = road_result_text_latency (road_host_get_latency (host));
      break;
    case ROAD_COLUMN_SERVICE:
    default:
      text = road_result_text_remark (host);
      set_tooltip (self, text);
      break;
    }

  set_label (self->label, text != NULL ? text : "");
}

static char *
get_port_title (RoadPortRow *row)
{
  const RoadPortResult *result = road_port_row_get_result (row);

  if (road_port_row_is_count (row))
    return road_result_text_count ((RoadPortState) result->state, road_port_row_get_count (row));

  return g_strdup_printf ("%d", result->port);
}

/* The usual service of a port does not matter if another one was found there. In a narrow window this is
 * the only place for versions. */
static char *
show_service (RoadResultCell *self, RoadHost *host, guint16 port)
{
  const char *name = road_host_get_service_name (host, port);
  const gboolean is_usual = g_strcmp0 (name, road_services_get_name (port)) == 0;
  g_autofree char *notes = road_result_text_notes (host, port);

  if (*notes != '\0')
    set_tooltip (self, notes);
  else
    set_tooltip (self, is_usual ? road_services_get_description (port) : NULL);

  return name != NULL ? road_text_escape (name) : NULL;
}

static void
update_for_port (RoadResultCell *self, RoadPortRow *row)
{
  const RoadPortResult *result = road_port_row_get_result (row);
  RoadPortState state = (RoadPortState) result->state;
  gboolean is_count = road_port_row_is_count (row);
  g_autofree char *text = NULL;

  switch (self->column)
    {
    case ROAD_COLUMN_TITLE:
      text = get_port_title (row);
      gtk_widget_remove_css_class (self->label, "host");
      gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (self->label), -1);
      gtk_widget_hide (self->detail);
      break;
    case ROAD_COLUMN_STATE:
      text = g_strdup (road_result_text_port_state (state));
      set_icon (self, port_icons[state].icon_name, port_icons[state].css_class);
      break;
    case ROAD_COLUMN_SERVICE:
      if (is_count)
        set_tooltip (self, NULL);
      else
        text = show_service (self, road_port_row_get_host (row), result->port);
      break;
    case ROAD_COLUMN_VERSION:
      if (is_count)
        set_tooltip (self, NULL);
      else
        text = show_extra (self, road_port_row_get_host (row), result->port);
      break;
    case ROAD_COLUMN_REASON:
      text = road_result_text_reason ((RoadReason) result->reason, &result->reason_from);
      set_tooltip (self, road_result_text_explain_reason ((RoadReason) result->reason));
      break;
    case ROAD_COLUMN_LATENCY:
    default:
      text = road_result_text_latency (result->latency_us);
      break;
    }

  set_label (self->label, text != NULL ? text : "");
}

static void
update (RoadResultCell *self)
{
  if (ROAD_IS_HOST (self->item))
    update_for_host (self, ROAD_HOST (self->item));
  else if (ROAD_IS_PORT_ROW (self->item))
    update_for_port (self, ROAD_PORT_ROW (self->item));
}

static GtkWidget *
new_label (RoadResultCell *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
road_result_cell_dispose (GObject *object)
{
  RoadResultCell *self = ROAD_RESULT_CELL (object);

  road_result_cell_set_item (self, NULL);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->detail, gtk_widget_unparent);

  G_OBJECT_CLASS (road_result_cell_parent_class)->dispose (object);
}

static void
road_result_cell_class_init (RoadResultCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_result_cell_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "resultcell");
}

static void
road_result_cell_init (RoadResultCell *self)
{
}

GtkWidget *
road_result_cell_new (RoadColumn column)
{
  RoadResultCell *self = g_object_new (ROAD_TYPE_RESULT_CELL, NULL);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->column = column;

  if (column == ROAD_COLUMN_STATE)
    {
      self->icon = gtk_image_new ();
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE,
                                   -1);
      gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
    }

  self->label = new_label (self);
  gtk_label_set_width_chars (GTK_LABEL (self->label), widths[column].min);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), widths[column].max);
  gtk_widget_set_hexpand (self->label, column != ROAD_COLUMN_TITLE);

  if (column == ROAD_COLUMN_TITLE)
    {
      self->detail = new_label (self);
      gtk_widget_add_css_class (self->detail, "dim-label");
    }

  if (column == ROAD_COLUMN_LATENCY)
    gtk_label_set_xalign (GTK_LABEL (self->label), 1);

  if (column == ROAD_COLUMN_TITLE || column == ROAD_COLUMN_LATENCY)
    gtk_widget_add_css_class (GTK_WIDGET (self), "numbers");

  return GTK_WIDGET (self);
}

void
road_result_cell_set_item (RoadResultCell *self, gpointer item)
{
  g_return_if_fail (ROAD_IS_RESULT_CELL (self));
  g_return_if_fail (item == NULL || ROAD_IS_HOST (item) || ROAD_IS_PORT_ROW (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);

  g_set_object (&self->item, item);

  if (item == NULL)
    return;

  /* The result of a port never changes. */
  if (ROAD_IS_HOST (item) || road_port_row_is_count (item))
    g_signal_connect_swapped (item, "notify", G_CALLBACK (update), self);
  if (ROAD_IS_HOST (item) && self->column == ROAD_COLUMN_STATE)
    g_signal_connect_swapped (item, "ports-changed", G_CALLBACK (update), self);

  update (self);
}

GObject *
road_result_cell_get_item (RoadResultCell *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_CELL (self), NULL);

  return self->item;
}
