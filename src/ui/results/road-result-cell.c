/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-result-cell.h"

#include "road-group-text.h"
#include "ui/rows/road-port-row.h"
#include "ui/widgets/road-reason-text.h"
#include "ui/widgets/road-state-icon.h"
#include "road-result-text.h"
#include "road-result-columns.h"
#include "engine/ports/road-services.h"
#include "engine/base/road-text-escape.h"
#include "ui/widgets/road-host-look.h"

/* There are thousands of cells, and creating them takes most of the window's time, so each has only the
 * children that its column needs, and no template. Names of hosts are untrusted: they are escaped and
 * never set as markup. */
struct _RoadResultCell
{
  GtkWidget parent_instance;

  RoadColumn column;
  GObject *item;

  GtkWidget *icon;  /* of the state, or of the kind of device */
  GtkWidget *label; /* in all columns */
  GtkWidget
      *detail; /* the address beside a host's name, a port's service if that has no column, a change
                        beside a state */

  char *tooltip;            /* NULL: none */
  GtkTreeListRow *tree_row; /* of a row that can be expanded, in the title column */
};

/* Always shown of a host's name, however narrow the column is, in characters. */
#define MIN_NAME 12

G_DEFINE_FINAL_TYPE (RoadResultCell, road_result_cell, GTK_TYPE_WIDGET)

/* In characters. With the minimum, columns keep their width while rows are added; the maximum leaves room
 * for languages with longer words and for reasons with a sender. */
static const struct
{
  int min;
  int max;
} widths[ROAD_N_COLUMNS] = {
  [ROAD_COLUMN_TITLE] = { -1, -1 },   [ROAD_COLUMN_STATE] = { 12, 24 },
  [ROAD_COLUMN_SERVICE] = { 17, 30 }, [ROAD_COLUMN_VERSION] = { 16, 40 },
  [ROAD_COLUMN_REASON] = { 20, 40 },  [ROAD_COLUMN_LATENCY] = { 7, 12 },
  [ROAD_COLUMN_VENDOR] = { 14, 30 },
};

/* How much of a host's open ports is shown in its row and in the tooltip, in characters. */
#define MAX_OPEN_PORTS 26
#define MAX_OPEN_PORTS_TOOLTIP 400
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

/* Not GTK's own property: setting that makes GTK ask the display for the place of the pointer, which blocks. */
static void
set_tooltip (RoadResultCell *self, const char *text)
{
  if (g_strcmp0 (self->tooltip, text) == 0)
    return;

  g_free (self->tooltip);
  self->tooltip = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

static gboolean
road_result_cell_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const char *text = ROAD_RESULT_CELL (widget)->tooltip;

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

static void
set_icon (RoadResultCell *self, const RoadStateIcon *icon)
{
  const char *const classes[] = { icon->css_class, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon->icon_name);
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

/* What a host offers, or why there is nothing to see. */
static char *
show_open_ports (RoadResultCell *self, RoadHost *host)
{
  g_autofree char *remark = road_result_text_remark (host);
  g_autofree char *all = NULL;

  if (remark != NULL)
    {
      set_tooltip (self, remark);
      return g_steal_pointer (&remark);
    }

  all = road_result_text_open_ports (host, MAX_OPEN_PORTS_TOOLTIP);
  set_tooltip (self, *all != '\0' ? all : NULL);

  return road_result_text_open_ports (host, MAX_OPEN_PORTS);
}

static char *
show_reason (RoadResultCell *self, RoadReason reason, const RoadAddress *from)
{
  g_autofree char *details = road_reason_text_get_details (reason, from);

  set_tooltip (self, details);

  return road_reason_text_describe (reason, from);
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

/* The address beside the name. */
static void
show_host_name (RoadResultCell *self, RoadHost *host)
{
  g_autofree char *text = road_host_look_dup_title (host);
  const RoadDeviceKind kind = road_device_kind_guess (host);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), road_host_look_get_icon (kind));
  gtk_widget_set_visible (self->icon, kind != ROAD_DEVICE_UNKNOWN);
  set_tooltip (self, road_host_look_get_guess (kind));
  set_name (self->label, text);
  gtk_widget_set_visible (self->detail, road_host_look_has_name (host));
  set_label (self->detail, road_host_get_address_string (host));
}

/* Only hosts have one. */
static void
hide_kind (RoadResultCell *self)
{
  gtk_widget_set_visible (self->icon, FALSE);
  set_tooltip (self, NULL);
}

/* The same marks as in comparisons. */
static void
show_change (RoadResultCell *self, const char *words, const char *mark, const char *css_class)
{
  const char *const classes[] = { css_class, NULL };
  g_autofree char *text = *words != '\0' ? g_strdup_printf ("%s %s", mark, words) : g_strdup ("");

  gtk_widget_set_visible (self->detail, *text != '\0');
  /* Beside the state, and as a whole also in a narrow window. */
  gtk_label_set_width_chars (GTK_LABEL (self->label),
                             *text != '\0' ? -1 : widths[self->column].min);
  gtk_widget_set_hexpand (self->label, *text == '\0');
  gtk_widget_set_css_classes (self->detail, (const char **) classes);
  set_label (self->detail, text);
}

static void
show_state_before (RoadResultCell *self, RoadPortRow *row)
{
  const RoadPortResult *result = road_port_row_get_result (row);
  const RoadPortState before =
      road_port_row_is_count (row)
          ? ROAD_PORT_UNKNOWN
          : road_host_get_state_before (road_port_row_get_host (row), result->port);
  const char *words = road_result_text_state_before (before);

  if (result->state == ROAD_PORT_OPEN)
    show_change (self, words, "+", "change-new");
  else if (before == ROAD_PORT_OPEN)
    show_change (self, words, "−", "change-gone");
  else
    show_change (self, words, "~", "change-other");
}

static void
show_changes (RoadResultCell *self, RoadHost *host)
{
  g_autofree char *words = road_result_text_changes (host);

  show_change (self, words, "~", "change-other");
}

static void
update_for_host (RoadResultCell *self, RoadHost *host)
{
  RoadHostState state = road_host_get_state (host);
  g_autofree char *text = NULL;

  switch (self->column)
    {
    case ROAD_COLUMN_TITLE:
      show_host_name (self, host);
      gtk_widget_add_css_class (self->label, "host");
      return;
    case ROAD_COLUMN_STATE:
      text = road_result_text_host_state (host);
      set_icon (self, road_state_icon_for_host (state));
      show_changes (self, host);
      break;
    case ROAD_COLUMN_VERSION:
      text = show_extra (self, host, ROAD_NOTE_HOST);
      break;
    case ROAD_COLUMN_REASON:
      g_free (show_reason (self, road_host_get_reason (host), NULL));
      text = road_reason_text_describe_host (host);
      break;
    case ROAD_COLUMN_LATENCY:
      text = road_result_text_latency (road_host_get_latency (host));
      break;
    case ROAD_COLUMN_VENDOR:
      text = road_host_look_dup_vendor (host);
      break;
    case ROAD_COLUMN_SERVICE:
    case ROAD_COLUMN_NONE:
    default:
      text = show_open_ports (self, host);
      break;
    }

  set_label (self->label, text != NULL ? text : "");
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
    set_tooltip (self, is_usual ? road_result_text_usual_service (port) : NULL);

  return name != NULL ? road_text_label (name) : NULL;
}

static void
show_service_beside (RoadResultCell *self, RoadPortRow *row)
{
  const guint16 port = road_port_row_get_result (row)->port;
  const char *name = NULL;
  g_autofree char *text = NULL;

  if (!road_port_row_is_count (row) && road_result_columns_is_narrow (GTK_WIDGET (self)))
    name = road_host_get_service_name (road_port_row_get_host (row), port);

  text = name != NULL ? road_text_label (name) : NULL;
  gtk_widget_set_visible (self->detail, text != NULL);
  set_label (self->detail, text != NULL ? text : "");
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
      gtk_widget_remove_css_class (self->label, "host");
      if (road_port_row_is_member (row))
        {
          show_host_name (self, road_port_row_get_host (row));
          return;
        }
      hide_kind (self);
      text = road_result_text_port_title (row);
      gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (self->label), -1);
      show_service_beside (self, row);
      break;
    case ROAD_COLUMN_STATE:
      text = g_strdup (road_result_text_port_state (state));
      set_icon (self, road_state_icon_for_port (state));
      show_state_before (self, row);
      break;
    case ROAD_COLUMN_SERVICE:
      if (is_count)
        set_tooltip (self, NULL);
      else if (road_port_row_is_member (row))
        text = road_group_text_port_and_service (road_port_row_get_host (row), result->port);
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
      text = show_reason (self, (RoadReason) result->reason, &result->reason_from);
      break;
    case ROAD_COLUMN_VENDOR: /* hosts have one */
      break;
    case ROAD_COLUMN_LATENCY:
    case ROAD_COLUMN_NONE:
    default:
      text = road_result_text_latency (result->latency_us);
      break;
    }

  set_label (self->label, text != NULL ? text : "");
}

static void
update_for_group (RoadResultCell *self, RoadGroup *group)
{
  g_autofree char *text = NULL;

  set_tooltip (self, NULL);
  if (self->detail != NULL)
    gtk_widget_set_visible (self->detail, FALSE);

  if (self->column == ROAD_COLUMN_TITLE)
    {
      hide_kind (self);
      text = road_group_text_title (group);
      set_name (self->label, text);
      gtk_widget_add_css_class (self->label, "host");
      return;
    }

  if (self->column == ROAD_COLUMN_STATE)
    {
      text = road_group_text_hosts (group);
      set_icon (self, road_state_icon_for_port (ROAD_PORT_OPEN));
    }

  set_label (self->label, text != NULL ? text : "");
}

/* The row is a widget of GTK's, which has the focus but knows nothing of what is in it. */
static GtkWidget *
find_row (RoadResultCell *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *parent = gtk_widget_get_parent (widget);

  while (parent != NULL && !GTK_IS_LIST_VIEW (parent))
    {
      widget = parent;
      parent = gtk_widget_get_parent (widget);
    }

  return parent != NULL ? widget : NULL;
}

/* Tells screen readers what is in the row. */
static void
describe_row (RoadResultCell *self)
{
  GtkWidget *row = self->column == ROAD_COLUMN_TITLE ? find_row (self) : NULL;
  g_autofree char *name = NULL;

  if (row == NULL || self->item == NULL)
    return;

  name = road_result_text_row (self->item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->tree_row != NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED,
                                 gtk_tree_list_row_get_expanded (self->tree_row), -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED);
}

static void
update (RoadResultCell *self)
{
  if (ROAD_IS_HOST (self->item))
    update_for_host (self, ROAD_HOST (self->item));
  else if (ROAD_IS_PORT_ROW (self->item))
    update_for_port (self, ROAD_PORT_ROW (self->item));
  else if (ROAD_IS_GROUP (self->item))
    update_for_group (self, ROAD_GROUP (self->item));
  describe_row (self);
}

static void
set_tree_row (RoadResultCell *self, GtkTreeListRow *tree_row)
{
  if (self->tree_row != NULL)
    g_signal_handlers_disconnect_by_func (self->tree_row, describe_row, self);
  g_set_object (&self->tree_row, tree_row);
  if (tree_row != NULL)
    g_signal_connect_swapped (tree_row, "notify::expanded", G_CALLBACK (describe_row), self);
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
road_result_cell_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (road_result_cell_parent_class)->root (widget);

  if (ROAD_RESULT_CELL (widget)->column == ROAD_COLUMN_TITLE)
    update (ROAD_RESULT_CELL (widget));
}

static void
road_result_cell_dispose (GObject *object)
{
  RoadResultCell *self = ROAD_RESULT_CELL (object);

  road_result_cell_set_item (self, NULL);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->detail, gtk_widget_unparent);
  g_clear_pointer (&self->tooltip, g_free);

  G_OBJECT_CLASS (road_result_cell_parent_class)->dispose (object);
}

static void
road_result_cell_class_init (RoadResultCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = road_result_cell_dispose;
  widget_class->query_tooltip = road_result_cell_query_tooltip;
  widget_class->root = road_result_cell_root;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "resultcell");
}

static void
road_result_cell_init (RoadResultCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
road_result_cell_new (RoadColumn column)
{
  RoadResultCell *self = g_object_new (ROAD_TYPE_RESULT_CELL, NULL);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->column = column;

  if (column == ROAD_COLUMN_STATE || column == ROAD_COLUMN_TITLE)
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

  if (column == ROAD_COLUMN_TITLE || column == ROAD_COLUMN_STATE)
    self->detail = new_label (self);
  if (column == ROAD_COLUMN_TITLE)
    gtk_widget_add_css_class (self->detail, "dim-label");
  else if (column == ROAD_COLUMN_STATE)
    gtk_label_set_ellipsize (GTK_LABEL (self->detail), PANGO_ELLIPSIZE_NONE);

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
  g_return_if_fail (item == NULL || ROAD_IS_HOST (item) || ROAD_IS_PORT_ROW (item) ||
                    ROAD_IS_GROUP (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  if (ROAD_IS_PORT_ROW (self->item))
    g_signal_handlers_disconnect_by_func (road_port_row_get_host (ROAD_PORT_ROW (self->item)),
                                          update, self);

  g_set_object (&self->item, item);
  set_tree_row (self, NULL);

  if (item == NULL)
    return;

  if (self->column == ROAD_COLUMN_TITLE &&
      (!ROAD_IS_PORT_ROW (item) || road_port_row_is_expandable (item)))
    set_tree_row (self, gtk_tree_expander_get_list_row (
                            GTK_TREE_EXPANDER (gtk_widget_get_parent (GTK_WIDGET (self)))));

  if (ROAD_IS_PORT_ROW (item) && self->column == ROAD_COLUMN_STATE)
    g_signal_connect_swapped (road_port_row_get_host (item), "notify::n-changes",
                              G_CALLBACK (update), self);

  /* What a port is can become known later. */
  if (ROAD_IS_PORT_ROW (item) && self->column != ROAD_COLUMN_STATE)
    g_signal_connect_swapped (road_port_row_get_host (item), "ports-changed", G_CALLBACK (update),
                              self);
  if (ROAD_IS_GROUP (item))
    g_signal_connect_swapped (item, "items-changed", G_CALLBACK (update), self);

  /* The result of a port never changes. */
  if (ROAD_IS_HOST (item) || (ROAD_IS_PORT_ROW (item) && road_port_row_is_count (item)))
    g_signal_connect_swapped (item, "notify", G_CALLBACK (update), self);
  if (ROAD_IS_HOST (item) &&
      (self->column == ROAD_COLUMN_TITLE || self->column == ROAD_COLUMN_STATE ||
       self->column == ROAD_COLUMN_SERVICE))
    g_signal_connect_swapped (item, "ports-changed", G_CALLBACK (update), self);

  update (self);
}

/* To be called for all cells in @widget when the column view becomes narrow, or is no longer so. */
void
road_result_cell_update_all (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (ROAD_IS_RESULT_CELL (widget))
    {
      update (ROAD_RESULT_CELL (widget));
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    road_result_cell_update_all (child);
}

GObject *
road_result_cell_get_item (RoadResultCell *self)
{
  g_return_val_if_fail (ROAD_IS_RESULT_CELL (self), NULL);

  return self->item;
}
