"""How the site is built; `make site` runs it."""

project = "Counterclaim"
author = "The Counterclaim authors"
project_copyright = "The Counterclaim authors: text and data CC BY 4.0, code BSD-3-Clause"
language = "en"
html_title = "Counterclaim"
root_doc = "index"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
nb_execution_mode = "off"  # the lessons are run before the build
nb_merge_streams = True
nb_render_text_lexer = nb_render_error_lexer = "none"  # messages are words, not code
myst_enable_extensions = ["attrs_block", "attrs_inline"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type", "misc.highlighting_failure"]
default_role = "code"  # docstrings name code in single backquotes
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#005a8f",
        "color-brand-content": "#005a8f",
        "color-brand-visited": "#5b3f8c",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7cc4f0",
        "color-brand-content": "#7cc4f0",
        "color-brand-visited": "#c3a6f5",
    },
    "footer_icons": [],
}
