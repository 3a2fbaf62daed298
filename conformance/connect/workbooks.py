"""Writes workbooks into a folder, as agencies' programs would: workbooks.py FOLDER"""

import datetime
import sys

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

folder = sys.argv[1]
HEADINGS = ["เลขประจำตัว", "ชื่อ", "จำนวน", "ต่อเมื่อ", "ตรวจเมื่อ", "เวลา", "รวม", "หมายเหตุ"]
THAI_DAY = "[$-D07041E]d mmmm yyyy"
DAY = datetime.date(2019, 5, 1)
MOMENT = datetime.datetime(2019, 5, 1, 8, 15)
TIME = datetime.time(10, 30)


def by_openpyxl(name, epoch=None):
    book = openpyxl.Workbook()
    if epoch is not None:
        book.epoch = epoch
    sheet = book.active
    sheet.title = "หน้าแรก"
    sheet["A1"] = "ไม่ใช่แผ่นงานนี้"
    sheet = book.create_sheet("ทะเบียน เรือ & แพ")
    sheet["A1"] = "ทะเบียนเรือ ประจำปี ๒๕๖๒"
    sheet.merge_cells("A1:H1")
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(3, column, heading)
    first = [1101700230708, 'กข "1", <ก>', 2.5, DAY, MOMENT, TIME, 7, "ลับ"]
    for column, value in enumerate(first, 1):
        sheet.cell(4, column, value)
    sheet["A4"].number_format = "0000000000000"
    sheet["D4"].number_format = THAI_DAY
    # Rows 5 and 6 have nothing; in row 7 a merged cell, of which only the first has a value.
    sheet.cell(7, 1, "0110170023070")
    sheet.cell(7, 2, CellRichText("ข ", TextBlock(InlineFont(b=True), "หนา"), " ค"))
    sheet.merge_cells("B7:C8")
    sheet.cell(8, 1, "3")
    sheet.row_dimensions[8].hidden = True
    sheet.column_dimensions["D"].hidden = True
    # A row that has only a format.
    sheet.cell(9, 1).number_format = "0.00"
    book.save(f"{folder}/{name}")
    return book, sheet


book, sheet = by_openpyxl("openpyxl.xlsx")
sheet["G7"] = "=C4*2"
book.save(f"{folder}/never-worked-out.xlsx")
by_openpyxl("from-1904.xlsx", CALENDAR_MAC_1904)

streamed = openpyxl.Workbook(write_only=True)
sheet = streamed.create_sheet("ทะเบียน เรือ & แพ")
sheet.append([])
sheet.append([])
sheet.append(HEADINGS)
for number in range(20000):
    sheet.append([f"{number:013}", f"เรือลำที่ {number}", number / 4, DAY, MOMENT, TIME, None, None])
streamed.save(f"{folder}/streamed.xlsx")

for name, options in {"xlsxwriter.xlsx": {}, "constant.xlsx": {"constant_memory": True}}.items():
    book = xlsxwriter.Workbook(f"{folder}/{name}", options)
    sheet = book.add_worksheet("ทะเบียน เรือ & แพ")
    sheet.merge_range("A1:H1", "ทะเบียนเรือ", book.add_format({"bold": True}))
    sheet.write_row(2, 0, HEADINGS)
    sheet.write_number(3, 0, 1101700230708, book.add_format({"num_format": "0000000000000"}))
    sheet.write_string(3, 1, 'กข "1", <ก>')
    sheet.write_number(3, 2, 2.5)
    sheet.write_datetime(3, 3, DAY, book.add_format({"num_format": THAI_DAY}))
    sheet.write_datetime(3, 4, MOMENT, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    sheet.write_datetime(3, 5, TIME, book.add_format({"num_format": "hh:mm:ss"}))
    sheet.write_formula(3, 6, "=C4*2+2", None, 7)
    sheet.write_string(3, 7, "ลับ")
    sheet.write_string(6, 0, "0110170023070")
    sheet.write_rich_string(6, 1, "ข ", book.add_format({"bold": True}), "หนา", " ค")
    sheet.write_string(7, 0, "3")
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.write_blank(8, 0, None, book.add_format({"num_format": "0.00"}))
    book.close()
