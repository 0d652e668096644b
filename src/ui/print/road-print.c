/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-print.h"

#include "engine/base/road-text-escape.h"
#include "road-print-rows.h"

#include <glib/gi18n.h>

/* In points. */
#define FONT "Sans"
#define FOOTER_SIZE 8
#define FOOTER_HEIGHT 24

/* So many rows are measured at a time: the window stays responsive. */
#define N_MEASURED 200

/* Where a cell is, as parts of the width of the page. */
typedef struct
{
  double start;
  double width;
} Column;

/* How a kind of row looks; sizes are in points. */
static const struct
{
  double size;
  gboolean bold;
  double space_above;
  Column columns[ROAD_PRINT_N_CELLS];
} styles[ROAD_PRINT_N_KINDS] = {
  [ROAD_PRINT_TITLE] = { 16, TRUE, 0, { { 0, 1 } } },
  [ROAD_PRINT_TEXT] = { 10, FALSE, 4, { { 0, 1 } } },
  [ROAD_PRINT_HEADING] = { 12, TRUE, 14, { { 0, 1 } } },
  [ROAD_PRINT_FACT] = { 10, FALSE, 3, { { 0, 0.22 }, { 0.24, 0.76 } } },
  [ROAD_PRINT_HOST] = { 10, TRUE, 8, { { 0, 0.68 }, { 0.7, 0.3 } } },
  [ROAD_PRINT_PORT] = { 9,
                        FALSE,
                        2,
                        { { 0.03, 0.09 }, { 0.13, 0.21 }, { 0.35, 0.47 }, { 0.84, 0.16 } } },
};

typedef struct
{
  RoadReport *report;
  RoadPrintRows *rows;
  GArray *pages;    /* of guint: the first row of each page */
  guint n_measured; /* rows that have a page */
  double y;         /* where the next one is, on the last page */
} Print;

static void
print_free (gpointer data, GClosure *closure)
{
  Print *print = data;

  g_object_unref (print->report);
  g_clear_pointer (&print->rows, road_print_rows_free);
  g_clear_pointer (&print->pages, g_array_unref);
  g_free (print);
}

static PangoLayout *
create_layout (GtkPrintContext *context, const char *text, double size, gboolean bold, double width)
{
  const gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_context_set_base_dir (pango_layout_get_context (layout),
                              rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);

  return layout;
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);

  return (double) height / PANGO_SCALE;
}

/* Draws a row at @y, without the space above it, unless @cairo is %NULL. Returns: its height */
static double
lay_out_row (const Print *print, GtkPrintContext *context, guint index, cairo_t *cairo, double y)
{
  g_autoptr (RoadPrintRow) row = road_print_rows_make (print->rows, index);
  const double page_width = gtk_print_context_get_width (context);
  const gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  double height = 0;

  for (guint i = 0; i < ROAD_PRINT_N_CELLS && row->cells[i] != NULL; i++)
    {
      const Column *column = &styles[row->kind].columns[i];
      const double width = column->width * page_width;
      const double start = column->start * page_width;
      g_autoptr (PangoLayout) layout =
          create_layout (context, row->cells[i], styles[row->kind].size, styles[row->kind].bold,
                         width);

      height = MAX (height, get_height (layout));
      if (cairo == NULL)
        continue;
      cairo_move_to (cairo, rtl ? page_width - start - width : start, y);
      pango_cairo_show_layout (cairo, layout);
    }

  return height;
}

static double
get_space_above (const Print *print, guint index)
{
  return styles[road_print_rows_get_kind (print->rows, index)].space_above;
}

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  Print *print = user_data;
  const guint first = 0;

  g_clear_pointer (&print->rows, road_print_rows_free);
  print->rows = road_print_rows_new (print->report);
  g_array_set_size (print->pages, 0);
  g_array_append_val (print->pages, first);
  print->n_measured = 0;
  print->y = 0;
}

/* If the page that begins with row @first begins with a port, names its host again, and draws that unless @cairo is %NULL.
 * Returns: where the first row of the page begins */
static double
lay_out_continued (const Print *print, GtkPrintContext *context, guint first, cairo_t *cairo)
{
  if (road_print_rows_get_kind (print->rows, first) != ROAD_PRINT_PORT)
    return 0;

  return lay_out_row (print, context, road_print_rows_find_host (print->rows, first), cairo, 0) +
         styles[ROAD_PRINT_PORT].space_above;
}

/* A heading or a host is not the last row of a page. */
static double
measure_with_next (const Print *print, GtkPrintContext *context, guint index, double height)
{
  const RoadPrintKind kind = road_print_rows_get_kind (print->rows, index);

  if ((kind != ROAD_PRINT_HEADING && kind != ROAD_PRINT_HOST) ||
      index + 1 == road_print_rows_get_n_rows (print->rows))
    return height;

  return height + get_space_above (print, index + 1) +
         lay_out_row (print, context, index + 1, NULL, 0);
}

static gboolean
on_paginate (GtkPrintOperation *operation, GtkPrintContext *context, gpointer user_data)
{
  Print *print = user_data;
  const double page_height = gtk_print_context_get_height (context) - FOOTER_HEIGHT;
  const guint n_rows = road_print_rows_get_n_rows (print->rows);

  for (guint n = 0; n < N_MEASURED && print->n_measured < n_rows; n++)
    {
      const guint index = print->n_measured++;
      const double space = print->y > 0 ? get_space_above (print, index) : 0;
      const double height = lay_out_row (print, context, index, NULL, 0);
      const double needed = measure_with_next (print, context, index, height);

      if (print->y > 0 && print->y + space + needed > page_height)
        {
          g_array_append_val (print->pages, index);
          print->y = lay_out_continued (print, context, index, NULL) + height;
        }
      else
        {
          print->y += space + height;
        }
    }

  if (print->n_measured < n_rows)
    return FALSE;

  gtk_print_operation_set_n_pages (operation, (int) print->pages->len);

  return TRUE;
}

static void
draw_footer (const Print *print, GtkPrintContext *context, cairo_t *cairo, guint page)
{
  const double width = gtk_print_context_get_width (context);
  /* Translators: at the end of each page of a report on paper */
  g_autofree char *text = g_strdup_printf (_ ("Page %'u of %'u"), page + 1, print->pages->len);
  g_autoptr (PangoLayout) layout = create_layout (context, text, FOOTER_SIZE, FALSE, width);

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  cairo_move_to (cairo, 0, gtk_print_context_get_height (context) - get_height (layout));
  pango_cairo_show_layout (cairo, layout);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer user_data)
{
  Print *print = user_data;
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  const guint first = g_array_index (print->pages, guint, page);
  const guint end = (guint) page + 1 < print->pages->len
                        ? g_array_index (print->pages, guint, page + 1)
                        : road_print_rows_get_n_rows (print->rows);
  double y;

  cairo_set_source_rgb (cairo, 0, 0, 0);
  y = lay_out_continued (print, context, first, cairo);
  for (guint i = first; i < end; i++)
    {
      if (i > first)
        y += get_space_above (print, i);
      y += lay_out_row (print, context, i, cairo, y);
    }
  draw_footer (print, context, cairo, (guint) page);
}

/* Returns: (transfer full): an operation that prints @report as it is when it is run: what an HTML report begins with,
 * and a table of the hosts and their open ports */
GtkPrintOperation *
road_print_new (RoadReport *report)
{
  GtkPrintOperation *operation;
  Print *print;
  g_autofree char *excerpt = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (ROAD_IS_REPORT (report), NULL);

  excerpt = road_text_excerpt (road_report_get_targets (report));
  name = g_strdup_printf (_ ("Scan of %s"), excerpt);
  print = g_new0 (Print, 1);
  print->report = g_object_ref (report);
  print->pages = g_array_new (FALSE, FALSE, sizeof (guint));
  operation = gtk_print_operation_new ();
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_begin_print), print, print_free,
                         0);
  g_signal_connect (operation, "paginate", G_CALLBACK (on_paginate), print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), print);

  return operation;
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWindow *parent)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;

  gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-info", "s", error->message);
}

/* Asks how to print @report and prints it. An error is told in @parent, a #RoadWindow. */
void
road_print_run (RoadReport *report, GtkWindow *parent)
{
  g_autoptr (GtkPrintOperation) operation = NULL;

  g_return_if_fail (ROAD_IS_REPORT (report));
  g_return_if_fail (GTK_IS_WINDOW (parent));

  operation = road_print_new (report);
  gtk_print_operation_set_allow_async (operation, TRUE);
  /* Of a report with thousands of pages it takes minutes, and can be cancelled there. */
  gtk_print_operation_set_show_progress (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_done), parent, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
