/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-builtin-profiles.h"

#include <glib/gi18n.h>

/* In the order in which they are offered. Ids are for scripts and settings and never change; names and
 * descriptions are translated. Ports are those of the services in data/services, with the alternates that are
 * in common use. */
static const struct
{
  const char *id;
  const char *name;
  const char *description;
  const char *ports;
  RoadTiming timing;
} profiles[] = {
  { "quick", N_ ("Quick look"), N_ ("The 100 ports that are open most often: a first impression."),
    "top:100", ROAD_TIMING_NORMAL },
  { ROAD_BUILTIN_DEFAULT, N_ ("Common ports"),
    N_ ("The 1,000 ports that are open most often: finds nearly all that there is."), "top:1000",
    ROAD_TIMING_NORMAL },
  { "all", N_ ("All ports"),
    N_ ("Every port from 1 to 65535: also finds what hides on an unusual one."), "-",
    ROAD_TIMING_NORMAL },
  { "hosts", N_ ("Which hosts are there"),
    N_ ("No ports, only which hosts are up: the quickest look at a whole network."), "none",
    ROAD_TIMING_NORMAL },
  { "home", N_ ("Home network"),
    N_ ("What routers, printers, cameras, loudspeakers, televisions, storage and smart devices "
        "have open."),
    "21-23,25,53,80,81,88,111,139,443,445,515,548,554,631,873,1080,1400,1443,1880,1883,1900,2049,"
    "2323,3000,3389,3400,3689,4070,5000,5001,5060,5353,5357,5431,5555,5678,5900,6052,6053,6466,"
    "6467,7000,7100,7547,7878,8000,8001,8006,8008,8009,8060,8080-8083,8086,8096,8112,8123,8181,"
    "8200,8291,8384,8443,8554,8581,8728,8843,8880,8883,8888,8899,8971,8989,9000,9080,9091,9100,"
    "9981,9999,10001,10243,11000,22000,32400,32469,34567,37777,49000,49152,49443,51413,51826,"
    "55442,55443,62078",
    ROAD_TIMING_NORMAL },
  { "web", N_ ("Web servers"),
    N_ ("HTTP and HTTPS on their own and the usual alternate ports, application servers and the "
        "web pages of devices."),
    "80-90,443,591,593,800,808,888,1080,1311,1880,2052,2053,2082,2083,2086,2087,2095,2096,3000-"
    "3010,"
    "3128,3333,4000,4200,4343,4433,4443,5000-5002,5080,5173,5443,5601,5800,6443,7000-7004,7070,"
    "7080,7443,7474,7777,7860,8000-8020,8042,8060-8100,8118,8123,8161,8172,8180,8181,8200,8222,"
    "8243,8280,8333,8384,8443-8447,8500,8501,8530,8531,8787,8800,8834,8843,8880-8890,8983,"
    "8999-9003,9043,9060,9080,9090,9091,9200,9443,9981,9990,9998,9999,10000,10443,11434,12443,"
    "15672,16080,18080,18081,18443,19999,20000,28017,50070,61208",
    ROAD_TIMING_NORMAL },
  { "mail", N_ ("Mail servers"),
    N_ ("SMTP, submission, IMAP, POP3 and Sieve, with and without TLS."),
    "24-26,106,110,143,220,366,465,587,783,993,995,1110,2000,2525,4190,7025,7071,8025,10024,10025,"
    "11332-11334",
    ROAD_TIMING_NORMAL },
  { "databases", N_ ("Databases"),
    N_ ("Databases, caches, search engines and message brokers, which should rarely be seen from "
        "outside."),
    "1433,1434,1521,1522,1526,1527,1583,1830,1883,2181,2379,2380,2424,2480,2483,2484,2638,3050,"
    "3306,3307,3351,4022,4100,4222,5022,5432-5434,5439,5601,5671,5672,5984,6222,6333,6334,6379,"
    "6380,"
    "6432,6650,7000,7001,7199,7210,7473,7474,7687,7700,8086,8087,8091-8094,8108,8123,8182,8222,"
    "8428,8529,8563,8848,8983,9000,9009,9042,9083,9092,9160,9200,9201,9300,9440,9876,10800,"
    "11207,11210,11211,11300,15672,16000,16010,16379,18091,19530,21050,25000,25672,26257,26379,"
    "27017-27020,28015,28017,29015,30015,33060,47100,50000,50001,61613,61616",
    ROAD_TIMING_NORMAL },
  { "remote", N_ ("Remote access"),
    N_ ("SSH, Telnet, remote desktops and consoles, remote control and administration pages."),
    "22,23,107,177,512-514,992,1494,1723,2022,2020,2200,2222,2323,2598,3283,3388-3390,3899,4000,"
    "4422,4822,4899,5500,5631,5800-5803,5900-5911,5938,5985,5986,6000-6005,6080,6129,6568,7070,"
    "7578,8006,8022,8040,8041,8200,8291,9090,10000,10022,16509,16514,16992-16995,17988,17990,22222,"
    "22443,32111,33389",
    ROAD_TIMING_NORMAL },
  { "windows", N_ ("Windows networks"),
    N_ ("Domain controllers, file servers and workstations: Active Directory, RPC, SMB, remote "
        "desktop, Exchange, SQL Server and updates."),
    "25,42,53,80,88,135,139,389,443,445,464,587,593,636,808,1433,1434,1688,2103,2105,2107,2179,"
    "2869,3268,3269,3387-3389,4022,5022,5040,5357,5358,5504,5722,5985,5986,6001-6004,8172,8530,"
    "8531,"
    "9389,10123,10243,47001,49152-49175,49664-49682",
    ROAD_TIMING_NORMAL },
  { "polite",
    /* Translators: the name of a profile: one that spares the network and its devices */
    N_ ("Polite"),
    N_ ("The 1,000 common ports at no more than 100 connects a second: for old or fragile devices "
        "and for networks at work."),
    "top:1000", ROAD_TIMING_POLITE },
};

guint
road_builtin_profiles_get_n (void)
{
  return G_N_ELEMENTS (profiles);
}

/* Returns: its name in scripts and settings, the same in all languages */
const char *
road_builtin_profiles_get_id (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (profiles), NULL);

  return profiles[index].id;
}

const char *
road_builtin_profiles_get_english_name (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (profiles), NULL);

  return profiles[index].name;
}

/* Returns: (transfer full): the profile, with its name and description in the user's language */
RoadProfile *
road_builtin_profiles_make (guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadPortSet) ports = NULL;

  g_return_val_if_fail (index < G_N_ELEMENTS (profiles), NULL);

  ports = road_port_set_parse (profiles[index].ports, &error);
  if (ports == NULL)
    g_error ("%s: %s", profiles[index].id, error->message); /* it is part of the program */

  return road_profile_new ("name", _ (profiles[index].name), "description",
                           _ (profiles[index].description), "ports", ports, "timing",
                           profiles[index].timing, NULL);
}
