/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-change-columns.h"

#include "road-change-rows.h"
#include "formats/compare/road-comparison-words.h"
#include "engine/base/road-text-escape.h"
#include "ui/widgets/road-tree-view.h"

#include <glib/gi18n.h>

/* A row never changes, so a cell is filled only when it is bound. It is a box of up to two labels: host
 * and address, or mark and word, or one text. Names of hosts and services are untrusted: they are escaped
 * and never set as markup. */

/* The marks of the text format, but with a real minus sign. */
static const struct
{
  const char *mark;
  const char *css_class;
} looks[ROAD_N_CHANGES] = {
  [ROAD_CHANGE_NONE] = { "=", "change-none" },
  [ROAD_CHANGE_NEW] = { "+", "change-new" },
  [ROAD_CHANGE_GONE] = { "−", "change-gone" },
  [ROAD_CHANGE_OTHER] = { "~", "change-other" },
  [ROAD_CHANGE_NOT_COMPARED] = { "?", "change-none" },
};

/* Longer lists of ports are not shown, in characters. */
#define MAX_LIST 40

/* Always shown of a name and of a state, however narrow the columns are, in characters. */
#define MIN_NAME 12
#define MIN_STATE 16

static GtkWidget *
new_label (PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);

  return label;
}

static GtkWidget *
new_cell (RoadChangeColumn column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *first = new_label (PANGO_ELLIPSIZE_END);
  GtkWidget *second = NULL;

  switch (column)
    {
    case ROAD_CHANGE_COLUMN_TITLE:
      gtk_widget_add_css_class (first, "numbers");
      second = new_label (PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (second, "dim-label");
      break;
    case ROAD_CHANGE_COLUMN_CHANGE:
      gtk_label_set_ellipsize (GTK_LABEL (first), PANGO_ELLIPSIZE_NONE);
      gtk_label_set_width_chars (GTK_LABEL (first), 1);
      gtk_label_set_xalign (GTK_LABEL (first), 0.5);
      second = new_label (PANGO_ELLIPSIZE_NONE);
      break;
    case ROAD_CHANGE_COLUMN_STATE:
      gtk_label_set_width_chars (GTK_LABEL (first), MIN_STATE);
      break;
    case ROAD_CHANGE_COLUMN_SERVICE:
    default:
      break;
    }

  gtk_box_append (GTK_BOX (box), first);
  if (second != NULL)
    gtk_box_append (GTK_BOX (box), second);

  return box;
}

/* Screen readers would read the type name of an empty label. */
static void
set_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, *text != '\0');
}

/* If space is short, the detail is ellipsized before the title. */
static void
set_title (GtkWidget *label, const char *title, const char *detail)
{
  gboolean is_short = g_utf8_strlen (title, -1) <= MIN_NAME;

  gtk_label_set_ellipsize (GTK_LABEL (label),
                           is_short ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), is_short ? -1 : MIN_NAME);
  set_label (label, title);
  set_label (gtk_widget_get_next_sibling (label), detail);
}

static void
set_mark (GtkWidget *cell, RoadChange change)
{
  const char *const classes[] = { looks[change].css_class, NULL };
  GtkWidget *mark = gtk_widget_get_first_child (cell);

  gtk_widget_set_css_classes (cell, (const char **) classes);
  set_label (mark, looks[change].mark);
  set_label (gtk_widget_get_next_sibling (mark), road_comparison_words_change (change));
}

static char *
describe_host_state (RoadHostComparison *host)
{
  g_autofree char *transition = road_comparison_words_transition (
      road_comparison_words_host (road_host_comparison_get_finding (host, ROAD_BEFORE)),
      road_comparison_words_host (road_host_comparison_get_finding (host, ROAD_AFTER)));

  if (!road_host_comparison_get_moved (host))
    return g_steal_pointer (&transition);

  /* Translators: a host's state, and its previous address */
  return g_strdup_printf (_ ("%s, previously %s"), transition,
                          road_host_get_address_string (
                              road_host_comparison_get_host (host, ROAD_BEFORE)));
}

/* That another device answers is worth as much as what it answers. */
static char *
describe_macs (RoadHostComparison *host)
{
  g_autofree char *macs = NULL;
  g_autofree char *text = NULL;

  if (!road_host_comparison_get_mac_changed (host))
    return g_strdup ("");

  macs = road_comparison_words_transition (road_host_comparison_get_mac_text (host, ROAD_BEFORE),
                                           road_host_comparison_get_mac_text (host, ROAD_AFTER));
  /* Translators: the hardware addresses of a host, before and after */
  text = g_strdup_printf (_ ("MAC address: %s"), macs);

  return road_text_label (text);
}

static void
fill_for_host (GtkWidget *cell, RoadChangeColumn column, RoadHostComparison *host)
{
  GtkWidget *label = gtk_widget_get_first_child (cell);
  const char *title = road_host_comparison_get_title (host);
  const char *address = road_host_comparison_get_address_string (host);
  g_autofree char *text = NULL;

  switch (column)
    {
    case ROAD_CHANGE_COLUMN_TITLE:
      text = road_text_label (title);
      gtk_widget_add_css_class (label, "host");
      set_title (label, text, g_str_equal (title, address) ? "" : address);
      break;
    case ROAD_CHANGE_COLUMN_CHANGE:
      set_mark (cell, road_host_comparison_get_change (host));
      break;
    case ROAD_CHANGE_COLUMN_STATE:
      text = describe_host_state (host);
      set_label (label, text);
      break;
    case ROAD_CHANGE_COLUMN_SERVICE:
    default:
      text = describe_macs (host);
      set_label (label, text);
      break;
    }
}

static char *
describe_ports (const RoadPortChangeRow *row)
{
  return row->n_ports == 1
             ? g_strdup_printf ("%u", row->port)
             : g_strdup_printf (ngettext ("%'u port", "%'u ports", row->n_ports), row->n_ports);
}

/* The port numbers, if the list is not too long. */
static const char *
get_list (const RoadPortChangeRow *row)
{
  const char *list = row->n_ports > 1 ? road_port_set_get_text (row->change->ports) : "";

  return g_utf8_strlen (list, -1) <= MAX_LIST ? list : "";
}

static char *
describe_state (const RoadPortChangeRow *row)
{
  g_autofree char *before = road_comparison_words_port (&row->change->findings[ROAD_BEFORE]);
  g_autofree char *after = road_comparison_words_port (&row->change->findings[ROAD_AFTER]);

  return road_comparison_words_transition (before, after);
}

/* What is separated by a dot: those of the three that are known. */
static char *
join (const char *service, const char *version, const char *other)
{
  const char *parts[4] = { NULL };
  guint n = 0;

  if (service != NULL)
    parts[n++] = service;
  if (version != NULL)
    parts[n++] = version;
  if (other != NULL)
    parts[n++] = other;

  return g_strjoinv (" · ", (char **) parts);
}

static char *
describe_service (RoadHostComparison *host, const RoadPortChangeRow *row)
{
  const char *service = road_host_comparison_get_service (host, row->port);
  const char *before = road_host_comparison_get_version (host, ROAD_BEFORE, row->port);
  const char *after = road_host_comparison_get_version (host, ROAD_AFTER, row->port);
  const char *known = after != NULL ? after : before;
  g_autofree char *version = NULL;
  g_autofree char *other = NULL;

  if (row->n_ports > 1)
    return g_strdup ("");

  if (known != NULL)
    version =
        road_comparison_words_transition (row->change->other_versions ? before : known, known);
  if (row->change->change == ROAD_CHANGE_OTHER)
    other = road_comparison_words_service (host, row->port);

  return join (service, version, other);
}

static void
fill_for_row (GtkWidget *cell, RoadChangeColumn column, RoadChangeRow *item)
{
  const RoadPortChangeRow *row = road_change_row_get_row (item);
  GtkWidget *label = gtk_widget_get_first_child (cell);
  g_autofree char *service = NULL;
  g_autofree char *text = NULL;

  switch (column)
    {
    case ROAD_CHANGE_COLUMN_TITLE:
      text = describe_ports (row);
      gtk_widget_remove_css_class (label, "host");
      set_title (label, text, get_list (row));
      break;
    case ROAD_CHANGE_COLUMN_CHANGE:
      set_mark (cell, row->change->change);
      break;
    case ROAD_CHANGE_COLUMN_STATE:
      text = describe_state (row);
      set_label (label, text);
      break;
    case ROAD_CHANGE_COLUMN_SERVICE:
    default:
      service = describe_service (road_change_row_get_host (item), row);
      text = road_text_label (service);
      set_label (label, text);
      break;
    }
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  RoadChangeColumn column = (RoadChangeColumn) GPOINTER_TO_INT (user_data);

  road_tree_view_set_up_cell (list_item, new_cell (column), column == ROAD_CHANGE_COLUMN_TITLE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  RoadChangeColumn column = (RoadChangeColumn) GPOINTER_TO_INT (user_data);
  g_autoptr (GObject) item = NULL;
  GtkWidget *cell = road_tree_view_bind_cell (list_item, &item);

  if (cell == NULL)
    return;

  if (ROAD_IS_HOST_COMPARISON (item))
    fill_for_host (cell, column, ROAD_HOST_COMPARISON (item));
  else
    fill_for_row (cell, column, ROAD_CHANGE_ROW (item));
}

void
road_change_columns_set_up (GtkColumnViewColumn *view_column, RoadChangeColumn column)
{
  const gpointer data = GINT_TO_POINTER ((int) column);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), data);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), data);
  gtk_column_view_column_set_factory (view_column, factory);
}
