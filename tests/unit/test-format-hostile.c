/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "random-report.h"

#include <string.h>

#include "engine/base/road-text-escape.h"
#include "formats/road-text-markup.h"

/* The scanned network chooses its DNS names and banners. They must do no harm where the report is read: on a
 * terminal, in a spreadsheet, by a program. */

#define N_RANDOM_REPORTS 100
#define N_RANDOM_TEXTS 2000
#define N_CSV_FIELDS 14

static const char *const dangerous_csv[] = {
  "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"
};

/* Neither a terminal nor a line-based tool sees anything but text in it. */
static void
assert_harmless (const char *text, const char *allowed)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && strchr (allowed, (int) c) != NULL)
        continue;
      if (!g_unichar_isprint (c) || c == 0x2028 || c == 0x2029)
        g_error ("U+%04X is in:\n%s", c, text);
    }
}

/* A name could control the user's terminal. */
static void
test_control_characters (void)
{
  static const char *const allowed[ROAD_N_FORMATS] = {
    [ROAD_FORMAT_TEXT] = "\n",       [ROAD_FORMAT_JSON] = NULL,  [ROAD_FORMAT_XML] = "\n",
    [ROAD_FORMAT_GREPABLE] = "\n\t", [ROAD_FORMAT_CSV] = "\r\n", [ROAD_FORMAT_HTML] = "\n",
  };

  for (guint i = 0; i < N_RANDOM_REPORTS; i++)
    {
      g_autoptr (RoadReport) report = random_report ();

      for (RoadFormat format = ROAD_FORMAT_TEXT; format < ROAD_N_FORMATS; format++)
        {
          g_autofree char *text = write_report (format, report, ROAD_FORMAT_FLAGS_REASON);

          if (allowed[format] != NULL)
            assert_harmless (text, allowed[format]);
        }
    }
}

/* As XML has it: what it cannot hold is written in digits. */
static char *
make_visible (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c < 0x20 && strchr ("\t\n\r", (int) c) == NULL) || c == 0xfffe || c == 0xffff)
        road_text_append_escaped (out, (char[]){ p[0], c < 0x80 ? '\0' : p[1],
                                                 c < 0x800 ? '\0' : p[2], '\0' });
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free (out, FALSE);
}

static void
take_name (GMarkupParseContext *context,
           const char *element,
           const char **names,
           const char **values,
           gpointer user_data,
           GError **error)
{
  if (g_str_equal (element, "hostname"))
    {
      g_assert_cmpstr (names[0], ==, "name");
      g_ptr_array_add (user_data, g_strdup (values[0]));
    }
}

static void
add_visible (GPtrArray *names, const char *name)
{
  if (name != NULL)
    g_ptr_array_add (names, make_visible (name));
}

/* A name would break out of its attribute and be read as hosts and ports, or be read as another. */
static void
test_xml (void)
{
  const GMarkupParser parser = { .start_element = take_name };

  for (guint i = 0; i < N_RANDOM_REPORTS; i++)
    {
      g_autoptr (RoadReport) report = random_report ();
      g_autofree char *xml = write_report (ROAD_FORMAT_XML, report, ROAD_FORMAT_FLAGS_NONE);
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GMarkupParseContext) context =
          g_markup_parse_context_new (&parser, 0, names, NULL);
      const gboolean open_only = road_report_get_profile (report)->open_only;
      g_autoptr (GPtrArray) hosts = road_report_dup_hosts (report);
      g_autoptr (GError) error = NULL;

      g_markup_parse_context_parse (context, xml, -1, &error);
      g_assert_no_error (error);
      g_markup_parse_context_end_parse (context, &error);
      g_assert_no_error (error);

      for (guint j = 0; j < hosts->len; j++)
        {
          RoadHost *host = g_ptr_array_index (hosts, j);
          const char *const *user_names = road_host_get_user_names (host);

          if (open_only && road_host_get_n_ports (host, ROAD_PORT_OPEN) == 0)
            continue;
          for (guint k = 0; user_names[k] != NULL; k++)
            add_visible (expected, user_names[k]);
          add_visible (expected, road_host_get_ptr_name (host));
        }
      g_assert_cmpuint (names->len, ==, expected->len);
      for (guint j = 0; j < names->len; j++)
        g_assert_cmpstr (g_ptr_array_index (names, j), ==, g_ptr_array_index (expected, j));
    }
}

/* A name would end its field, and the rest be read as ports that are not there. */
static void
test_grepable (void)
{
  for (guint i = 0; i < N_RANDOM_REPORTS; i++)
    {
      g_autoptr (RoadReport) report = random_report ();
      g_autofree char *text = write_report (ROAD_FORMAT_GREPABLE, report, ROAD_FORMAT_FLAGS_NONE);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      for (guint j = 0; lines[j] != NULL && *lines[j] != '\0'; j++)
        {
          g_auto (GStrv) fields = NULL;

          if (lines[j][0] == '#')
            continue;
          fields = g_strsplit (lines[j], "\t", -1);
          if (!g_regex_match_simple ("^Host: [0-9a-f.:]+ \\([^()]*\\)$", fields[0], 0, 0))
            g_error ("This line begins wrongly: %s", lines[j]);
          g_assert_true (g_str_has_prefix (fields[1], "Status: ") ||
                         g_str_has_prefix (fields[1], "Ports: "));
          for (guint k = 2; fields[k] != NULL; k++)
            g_assert_true (g_str_has_prefix (fields[k], "Ignored State: ") ||
                           g_str_has_prefix (fields[k], "OS: "));
        }
    }
}

/* A reader of RFC 4180, as strict as can be. */
static GPtrArray *
read_csv_row (const char **p)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);

  do
    {
      g_autoptr (GString) field = g_string_new (NULL);

      if (fields->len > 0)
        (*p)++;
      if (**p == '"')
        {
          for ((*p)++; **p != '"' || (*p)[1] == '"'; (*p)++)
            {
              g_assert_cmpint (**p, !=, '\0');
              g_string_append_c (field, **p);
              if (**p == '"')
                (*p)++;
            }
          (*p)++;
        }
      else
        {
          for (; strchr (",\"\r\n", **p) == NULL; (*p)++)
            g_string_append_c (field, **p);
        }
      g_ptr_array_add (fields, g_string_free (g_steal_pointer (&field), FALSE));
    }
  while (**p == ',');

  g_assert_cmpint ((*p)[0], ==, '\r');
  g_assert_cmpint ((*p)[1], ==, '\n');
  *p += 2;

  return fields;
}

/* A name would shift the columns, add rows, or run a command when the file is opened. */
static void
test_csv (void)
{
  for (guint i = 0; i < N_RANDOM_REPORTS; i++)
    {
      g_autoptr (RoadReport) report = random_report ();
      const gboolean open_only = road_report_get_profile (report)->open_only;
      g_autofree char *csv = write_report (ROAD_FORMAT_CSV, report, ROAD_FORMAT_FLAGS_NONE);
      g_autoptr (GPtrArray) hosts = road_report_dup_hosts (report);
      const char *p = csv;
      guint n_rows = 0, n_listed = 0;

      while (*p != '\0')
        {
          g_autoptr (GPtrArray) fields = read_csv_row (&p);

          n_rows++;
          g_assert_cmpuint (fields->len, ==, N_CSV_FIELDS);
          for (guint j = 0; j < fields->len; j++)
            {
              for (guint k = 0; k < G_N_ELEMENTS (dangerous_csv); k++)
                g_assert_false (g_str_has_prefix (g_ptr_array_index (fields, j), dangerous_csv[k]));
            }
        }
      for (guint j = 0; j < hosts->len; j++)
        {
          g_autoptr (GArray) listed =
              road_host_get_listed (g_ptr_array_index (hosts, j), open_only);

          n_listed += listed->len;
        }
      g_assert_cmpuint (n_rows, ==, n_listed + 1);
    }
}

/* The same for so many texts that each part comes first, in the middle and last. */
static void
test_csv_texts (void)
{
  for (guint i = 0; i < N_RANDOM_TEXTS; i++)
    {
      g_autofree char *text = random_text ();
      g_autoptr (GString) row = g_string_new (NULL);
      g_autoptr (GString) escaped = g_string_new (NULL);
      g_autoptr (GString) field = NULL;
      g_autoptr (GPtrArray) fields = NULL;
      const char *p;

      road_text_append_csv (row, text);
      g_string_append (row, "\r\n");
      p = row->str;
      fields = read_csv_row (&p);
      g_assert_cmpint (*p, ==, '\0');
      g_assert_cmpuint (fields->len, ==, 1);

      /* The apostrophe is all that is added, and a semicolon may be written in digits. */
      field = g_string_new (g_ptr_array_index (fields, 0));
      road_text_append_escaped (escaped, text);
      if (field->str[0] == '\'' && escaped->str[0] != '\'')
        g_string_erase (field, 0, 1);
      g_string_replace (field, "\\059", ";", 0);
      g_string_replace (escaped, "\\059", ";", 0);
      g_assert_cmpstr (field->str, ==, escaped->str);
    }
}

/* One of the known ways to make a spreadsheet run something would be open. */
static void
test_csv_formulas (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "gate.example", "gate.example" },
    { "a b", "a b" },
    { " a", "\" a\"" },
    { "a,b", "\"a,b\"" },
    { "say \"a\"", "\"say \"\"a\"\"\"" },
    { "=1+1", "'=1+1" },
    { "+1", "'+1" },
    { "-1", "'-1" },
    { "@SUM(A1)", "'@SUM(A1)" },
    { "  =1", "'  =1" },
    { "\"=1", "\"'\"\"=1\"" },
    { "\t=1", "\\009=1" },
    { "\r\n=1", "\\013\\010=1" },
    { "＝1", "'＝1" },
    { "=HYPERLINK(\"http://a\",\"b\")", "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\"" },
    { "a; b", "a; b" },
    { "a;=1", "a\\059=1" },
    { "a; \"=1;-2", "\"a\\059 \"\"=1\\059-2\"" },
    { "\xff=1", "\\255=1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      road_text_append_csv (out, cases[i].text);
      g_assert_cmpstr (out->str, ==, cases[i].expected);
    }
}

/* A file would contain what no XML reader accepts, or differ from what was found. */
static void
test_xml_texts (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "größe.例え", "größe.例え" },
    { "<a b=\"c\" d='e'>&amp;", "&lt;a b=&quot;c&quot; d='e'&gt;&amp;amp;" },
    { "a\tb\nc\rd", "a&#x9;b&#xA;c&#xD;d" },
    { "\x1b[2J", "\\027[2J" },
    { "a\\b", "a\\b" },
    { "\x7f\xc2\x9b", "&#x7F;&#x9B;" },
    { "a\xe2\x80\xae"
      "b",
      "a&#x202E;b" },
    { "ļ", "ļ" },
    { "\xef\xbf\xbf", "\\239\\191\\191" },
    { "\xed\xa0\x80", "\\237\\160\\128" },
    { "a\xff", "a\\255" },
    { "😀", "😀" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      road_text_append_xml (out, cases[i].text);
      g_assert_cmpstr (out->str, ==, cases[i].expected);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/format/hostile/control-characters", test_control_characters);
  g_test_add_func ("/format/hostile/xml", test_xml);
  g_test_add_func ("/format/hostile/xml-texts", test_xml_texts);
  g_test_add_func ("/format/hostile/grepable", test_grepable);
  g_test_add_func ("/format/hostile/csv", test_csv);
  g_test_add_func ("/format/hostile/csv-texts", test_csv_texts);
  g_test_add_func ("/format/hostile/csv-formulas", test_csv_formulas);

  return g_test_run ();
}
